package io.lockstep.journal.queue;

import io.lockstep.journal.block.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;

/**
 * Backs a file with disk space before it is written through a mapping, where a full disk could no
 * longer be reported. Asks the file system for extents ({@code fallocate}); where it has none to
 * give out ahead, writes zeros instead.
 */
final class DiskReserve implements AutoCloseable {
  private static final long MEBIBYTE = 1024 * 1024;
  private static final long SMALLEST_STEP = MEBIBYTE;
  private static final long LARGEST_STEP = 32 * MEBIBYTE;
  private static final int NO_SPACE = 28;
  private static final int QUOTA_EXCEEDED = 122;

  private final Path file;
  private final FileChannel channel;
  private final int descriptor;
  private boolean fallocates = true;
  private long reserved;

  /** Creates the file if it is not there. */
  DiskReserve(final Path file) throws IOException {
    this.file = file;
    channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    descriptor = open(file);
  }

  /**
   * Sees to it that the first {@code end} bytes of the file have disk space.
   *
   * @throws JournalException if there is none left.
   */
  void reach(final long end) {
    if (end <= reserved) {
      return;
    }
    final long step = Math.max(SMALLEST_STEP, Math.min(LARGEST_STEP, reserved));
    final long wanted = (end + step - 1) / step * step;
    if (!reserve(wanted) && !reserve(end)) {
      throw new JournalException(
          String.format(
              Locale.ROOT,
              "disk full: needs %d MiB at %s; free space or choose another --out",
              Math.max(1, (end - reserved) / MEBIBYTE),
              file.toAbsolutePath().getParent()));
    }
  }

  /** Gives back what lies behind {@code end}. */
  void truncate(final long end) throws IOException {
    if (end < channel.size()) {
      channel.truncate(end);
    }
  }

  @Override
  public void close() throws IOException {
    if (descriptor >= 0) {
      PosixAPI.posix().close(descriptor);
    }
    channel.close();
  }

  private boolean reserve(final long end) {
    if (fallocates) {
      if (PosixAPI.posix().fallocate(descriptor, 0, reserved, end - reserved) == 0) {
        reserved = end;
        return true;
      }
      final int error = PosixAPI.posix().lastError();
      if (error == NO_SPACE || error == QUOTA_EXCEEDED) {
        return false;
      }
      fallocates = false;
    }
    return writeZeros(end);
  }

  /** Only ever behind what has been reserved, so it overwrites nothing. */
  private boolean writeZeros(final long end) {
    final ByteBuffer zeros = ByteBuffer.allocateDirect((int) MEBIBYTE);
    try {
      while (reserved < end) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), end - reserved));
        reserved += channel.write(zeros, reserved);
      }
      return true;
    } catch (final IOException e) {
      if (noSpace(e)) {
        return false;
      }
      throw new JournalException(
          String.format(Locale.ROOT, "cannot write %s: %s", file, IoReason.of(e)), e);
    }
  }

  /** The JDK has no exception of its own for a full disk, so its message has to tell. */
  private boolean noSpace(final IOException e) {
    try {
      final String message = String.valueOf(e.getMessage());
      return message.contains("No space left")
          || message.contains("not enough space")
          || message.contains("quota")
          || file.toAbsolutePath().getParent().toFile().getUsableSpace() < MEBIBYTE;
    } catch (final SecurityException unreadable) {
      e.addSuppressed(unreadable);
      return false;
    }
  }

  private int open(final Path path) {
    try {
      final int opened = PosixAPI.posix().open(path.toString(), OpenFlag.O_RDWR, 0);
      fallocates = opened >= 0;
      return opened;
    } catch (final RuntimeException | LinkageError e) {
      // Not a POSIX system: zeros do it there.
      fallocates = false;
      return -1;
    }
  }
}
