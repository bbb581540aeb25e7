package io.lockstep.bench.append;

import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The reference: copies each block, as long as the journal would store it, into a mapped file, and
 * does nothing else. Neither digest nor checksum nor index; a full disk would kill the process.
 */
final class MappedFileSink implements BlockSink, AutoCloseable {
  private static final int MAPPED_AT_ONCE = 64 << 20;

  private final FileChannel file;
  private MappedByteBuffer mapped;
  private long mappedTo;
  private long blocks;
  private long bytes;

  MappedFileSink(final Path path) {
    try {
      file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      map();
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot map " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Block exchange(final Block full) {
    final int length = full.end() + Block.TRAILER_LENGTH;
    if (mapped.remaining() < length) {
      remap();
    }
    mapped.put(full.bytes(), 0, length);
    blocks++;
    bytes += length;
    return full;
  }

  long blocks() {
    return blocks;
  }

  long bytes() {
    return bytes;
  }

  /** Checksum of all events in a file of this kind, of which each block but the last is full. */
  static int checksum(final Path path, final long events, final int eventLength) {
    final CRC32C crc = new CRC32C();
    final int perBlock =
        (Block.CAPACITY - Block.HEADER_LENGTH - Block.TRAILER_LENGTH) / eventLength;
    final ByteBuffer block = ByteBuffer.allocate(Block.CAPACITY);
    try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
      long position = 0;
      for (long left = events; left > 0; left -= perBlock) {
        final int payload = (int) Math.min(left, perBlock) * eventLength;
        final int length = Block.HEADER_LENGTH + payload + Block.TRAILER_LENGTH;
        block.clear().limit(length);
        while (block.hasRemaining() && in.read(block, position + block.position()) >= 0) {
          // One read may give less than asked for.
        }
        crc.update(block.array(), Block.HEADER_LENGTH, payload);
        position += length;
      }
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
    }
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot close the mapped file: " + e.getMessage(), e);
    }
  }

  private void remap() {
    mappedTo -= mapped.remaining();
    try {
      map();
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot map further: " + e.getMessage(), e);
    }
  }

  private void map() throws IOException {
    mapped = file.map(FileChannel.MapMode.READ_WRITE, mappedTo, MAPPED_AT_ONCE);
    mappedTo += MAPPED_AT_ONCE;
  }
}
