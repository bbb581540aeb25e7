package io.lockstep.app.run;

import io.lockstep.app.console.StopSignals;
import io.lockstep.engine.core.agent.Runner;
import java.util.function.Consumer;

/**
 * Turns the first Ctrl-C, SIGTERM or SIGHUP into a graceful stop of the run and the next into its
 * end at once. Open from before anything of the run exists until all of it is written, so that no
 * moment is left in which a signal would cut a run off; one that comes before the runner waits for
 * it.
 */
final class OperatorSignals implements AutoCloseable {
  private final StopSignals signals = StopSignals.open(this::onFirst, this::onAgain);
  private Consumer<String> messages;
  private Runner runner;
  private boolean stopped;
  private boolean aborted;

  /**
   * @param messages gets what the user is told, until a runner comes
   */
  OperatorSignals(final Consumer<String> messages) {
    synchronized (this) {
      this.messages = messages;
    }
  }

  /** Whom to stop from now on, and what tells the user. */
  synchronized void attach(final Runner newRunner, final Consumer<String> newMessages) {
    runner = newRunner;
    messages = newMessages;
    if (stopped) {
      newRunner.stop();
    }
    if (aborted) {
      newRunner.abort();
    }
  }

  /**
   * The same for what is done in the end, whatever was stopped before: it is ended by the next
   * signal only.
   */
  synchronized void attachLast(final Runner newRunner, final Consumer<String> newMessages) {
    runner = newRunner;
    messages = newMessages;
    if (aborted) {
      newRunner.abort();
    }
  }

  /** Whether all is to end at once. */
  synchronized boolean isAborted() {
    return aborted;
  }

  /** Whether a signal has come. */
  boolean received() {
    return signals.received();
  }

  @Override
  public void close() {
    signals.close();
  }

  private synchronized void onFirst() {
    stopped = true;
    say("stopping; press Ctrl-C again to end at once");
    if (runner != null) {
      runner.stop();
    }
  }

  private synchronized void onAgain() {
    if (!aborted) {
      aborted = true;
      say("ending at once");
      if (runner != null) {
        runner.abort();
      }
    }
  }

  private void say(final String message) {
    if (messages != null) {
      messages.accept(message);
    }
  }
}
