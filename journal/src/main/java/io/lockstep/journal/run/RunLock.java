package io.lockstep.journal.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.CloseHelper;

/** Tells that a process writes a run directory. The system drops it with the process. */
final class RunLock implements AutoCloseable {
  private static final int MOST_ATTEMPTS = 1_000_000;

  private final FileChannel channel;

  private RunLock(final FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a directory that the caller has created, so that nobody else may have it:
   * waits for those who only look whether it is taken, and hold it for a moment.
   */
  static RunLock take(final Path path) throws IOException {
    final FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          channel.lock();
          return new RunLock(channel);
        } catch (final OverlappingFileLockException e) {
          // Someone in this very process looks.
          if (attempt == MOST_ATTEMPTS) {
            throw new IOException("another thread of this process has locked it", e);
          }
          Thread.onSpinWait();
        }
      }
    } catch (final IOException e) {
      CloseHelper.quietClose(channel);
      throw e;
    }
  }

  /**
   * Takes the lock of a directory that another process has left.
   *
   * @return {@code null} if someone has it, or there is none.
   */
  static RunLock takeLeft(final Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return null;
    }
    final FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      return lock == null ? null : new RunLock(channel);
    } catch (final OverlappingFileLockException e) {
      return null; // held by this very process
    } finally {
      if (lock == null) {
        CloseHelper.quietClose(channel);
      }
    }
  }

  /** Whether someone has it; changes nothing. */
  static boolean isTaken(final Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    } catch (final OverlappingFileLockException e) {
      // Held by this very process.
      return true;
    }
  }

  @Override
  public void close() {
    CloseHelper.quietClose(channel);
  }
}
