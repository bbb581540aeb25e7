package io.lockstep.app.run;

import io.lockstep.app.console.Console;
import io.lockstep.engine.core.agent.LiveMetrics;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows the live line while a run goes on: over and over in place on a terminal, now and then as a
 * line of its own elsewhere. Owns a daemon thread between {@link #start} and {@link #close}.
 */
final class LiveDisplay implements AutoCloseable {
  private static final long IN_PLACE_MS = 500;
  private static final long PLAIN_MS = 5_000;
  private static final long JOIN_MS = 2_000;
  // No wrapping while the line is drawn, or a narrow terminal would scroll at each reading.
  private static final String BEGIN = "\r\u001b[?7l";
  private static final String END = "\u001b[K\u001b[?7h";

  private final Supplier<LiveMetrics> readings;
  private final PrintStream err;
  private final boolean inPlace;
  private final LiveLine line;
  private final Object lock = new Object();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::show, "lockstep-live");
  private boolean drawn;

  LiveDisplay(final Supplier<LiveMetrics> readings, final LiveWaits waits, final Console console) {
    line = new LiveLine(waits);
    this.readings = readings;
    this.err = console.err();
    this.inPlace = console.liveLine();
  }

  LiveDisplay start() {
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** A message of its own, which the live line does not overwrite. */
  void say(final String message) {
    synchronized (lock) {
      clear();
      err.println(message);
      err.flush();
    }
  }

  /** Wipes the line and ends the thread. */
  @Override
  public void close() {
    synchronized (lock) {
      closed.countDown();
      clear();
    }
    try {
      thread.join(JOIN_MS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One reading, as the thread makes them; for tests too. */
  void draw(final LiveMetrics reading) {
    synchronized (lock) {
      if (closed.getCount() == 0) {
        return;
      }
      final String text = line.render(reading);
      if (inPlace) {
        err.print(BEGIN + text + END);
        drawn = true;
      } else {
        err.println(text);
      }
      err.flush();
    }
  }

  private void clear() {
    if (drawn) {
      err.print(BEGIN + END);
      err.flush();
      drawn = false;
    }
  }

  private void show() {
    while (pause(inPlace ? IN_PLACE_MS : PLAIN_MS)) {
      draw(readings.get());
    }
  }

  /** Waits; false if it is over. */
  private boolean pause(final long ms) {
    try {
      return !closed.await(ms, TimeUnit.MILLISECONDS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
