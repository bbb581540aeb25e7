package io.lockstep.engine.transport.body;

import io.lockstep.scenario.plan.BodyFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A file whose bytes are sent, open for one shard. A small one is in memory, off the heap; of a
 * larger one each piece is read when it is sent, on the thread that sends it, so that memory is
 * bounded by what is under way. What the system has in its cache costs a copy; what it has not
 * costs the disk's time, which then shows as lateness.
 */
final class StoredFile implements AutoCloseable {
  /** Files up to this are kept in memory: 64 KiB. */
  static final int MAX_KEPT_BYTES = 64 << 10;

  private final FileChannel channel;
  private final long bytes;

  /** {@code null} for one that is read when it is sent. */
  private final ByteBuf kept;

  private StoredFile(final FileChannel channel, final long bytes, final ByteBuf kept) {
    this.channel = channel;
    this.bytes = bytes;
    this.kept = kept;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read, or has another length than the plan says.
   */
  static StoredFile open(final BodyFile file, final Path path) throws IOException {
    final FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      if (channel.size() != file.bytes()) {
        throw new IOException(
            String.format(
                Locale.ROOT, "it has %,d bytes, expected %,d", channel.size(), file.bytes()));
      }
      if (file.bytes() > MAX_KEPT_BYTES) {
        return new StoredFile(channel, file.bytes(), null);
      }
      final ByteBuf kept = Unpooled.directBuffer((int) file.bytes());
      final StoredFile stored = new StoredFile(channel, file.bytes(), kept);
      stored.fill(kept, 0, (int) file.bytes());
      return stored;
    } catch (final IOException e) {
      channel.close();
      throw e;
    }
  }

  long lengthBytes() {
    return bytes;
  }

  /** So many bytes from a place on; the caller's to release. */
  ByteBuf read(final long from, final int count) throws IOException {
    if (kept != null) {
      return kept.retainedSlice((int) from, count);
    }
    final ByteBuf piece = PooledByteBufAllocator.DEFAULT.directBuffer(count);
    try {
      fill(piece, from, count);
      return piece;
    } catch (final IOException e) {
      piece.release();
      throw e;
    }
  }

  private void fill(final ByteBuf into, final long from, final int count) throws IOException {
    long at = from;
    int missing = count;
    while (missing > 0) {
      final int read = into.writeBytes(channel, at, missing);
      if (read < 0) {
        throw new EOFException("it ends at byte " + at + " of " + bytes);
      }
      at += read;
      missing -= read;
    }
  }

  @Override
  public void close() throws IOException {
    if (kept != null) {
      kept.release();
    }
    channel.close();
  }
}
