package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import io.lockstep.engine.core.agent.Runner;
import io.lockstep.scenario.plan.Plan;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The file, growing or a FIFO, in which an operator asks for changes of loads while a run goes on.
 * Owns a daemon thread between {@link #attend} and {@link #leave}, which looks for new lines every
 * few milliseconds: nothing tells of the growth of a file in time, and a read of a FIFO could not
 * be ended.
 */
final class ControlFile implements Operator, AutoCloseable {
  static final String OPTION = "--control";

  private static final long POLL_MS = 10;
  private static final long JOIN_MS = 2_000;
  private static final int CHUNK_BYTES = 8_192;

  private final Path path;
  private final RandomAccessFile file;
  private final ControlLines lines;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::follow, "lockstep-control");
  private Consumer<String> messages;

  private ControlFile(final Path path, final RandomAccessFile file, final ControlLines lines) {
    this.path = path;
    this.file = file;
    this.lines = lines;
  }

  /**
   * Opens it, without waiting for a writer.
   *
   * @throws CommandException if it cannot be read, or the plan has nothing to change.
   */
  static ControlFile open(final Path path, final Plan plan) {
    final ControlLines lines = new ControlLines(path.getFileName().toString(), plan);
    if (!lines.hasScenarios()) {
      throw CommandException.usage(
          OPTION
              + ": no scenario of the file has the load `externally-controlled`, so there is nothing"
              + " to change");
    }
    if (!Files.exists(path) || Files.isDirectory(path)) {
      throw CommandException.usage(
          OPTION
              + " "
              + path
              + (Files.isDirectory(path) ? " is a directory" : " does not exist")
              + ": name a file or a FIFO that is there before the run, as `touch` or `mkfifo` make"
              + " it");
    }
    try {
      // Opened for reading alone, a FIFO would wait for its writer, and end with it.
      final String mode = Files.isRegularFile(path) ? "r" : "rw";
      return new ControlFile(path, new RandomAccessFile(path.toFile(), mode), lines);
    } catch (final IOException e) {
      throw CommandException.usage(OPTION + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Obeys what is in it and what comes. */
  @Override
  public void attend(final Runner runner, final Consumer<String> newMessages) {
    messages = newMessages;
    lines.attach(runner, newMessages, this::pause);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the thread. A last line without an end is not obeyed, and said to be so. */
  @Override
  public void leave() {
    closed.countDown();
    try {
      thread.join(JOIN_MS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lines.end();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void follow() {
    final byte[] chunk = new byte[CHUNK_BYTES];
    try (FileInputStream in = new FileInputStream(file.getFD())) {
      do {
        while (in.available() > 0 && closed.getCount() > 0) {
          final int read = in.read(chunk, 0, Math.min(chunk.length, in.available()));
          lines.take(chunk, Math.max(0, read));
        }
      } while (pause());
    } catch (final IOException e) {
      say(e);
    }
  }

  private void say(final IOException e) {
    messages.accept(path + " cannot be read any more, the run goes on: " + e.getMessage());
  }

  /** Waits a little; false if it is over. */
  private boolean pause() {
    try {
      return !closed.await(POLL_MS, TimeUnit.MILLISECONDS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
