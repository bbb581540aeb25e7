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
  private final FileChannel channel;

  private RunLock(final FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, or gives {@code null} if someone has it. */
  static RunLock take(final Path path) throws IOException {
    final FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel, false) == null) {
      channel.close();
      return null;
    }
    return new RunLock(channel);
  }

  /** Whether someone has it; changes nothing. */
  static boolean isTaken(final Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        FileLock lock = lock(channel, true)) {
      return lock == null;
    }
  }

  @Override
  public void close() {
    CloseHelper.quietClose(channel);
  }

  private static FileLock lock(final FileChannel channel, final boolean shared) throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (final OverlappingFileLockException e) {
      // Held by this very process.
      return null;
    }
  }
}
