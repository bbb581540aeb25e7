package io.lockstep.scenario.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file in mapped memory. A mapping has at most 2 GiB, so there are several, each of which reaches
 * a longest row's length into the next: a row lies whole in the one that it starts in.
 */
final class MappedText {
  private static final int STRIDE_BITS = 30;

  private final Path file;
  private final ByteBuffer[] segments;
  private final int strideBits;
  private final long length;

  private MappedText(
      final Path file, final ByteBuffer[] segments, final int strideBits, final long length) {
    this.file = file;
    this.segments = segments;
    this.strideBits = strideBits;
    this.length = length;
  }

  /** Maps a file as long as it is now. */
  static MappedText map(final Path file) throws IOException {
    return map(file, STRIDE_BITS, DataLimits.MAX_ROW_BYTES);
  }

  /**
   * Maps a file.
   *
   * @param strideBits a segment starts at each multiple of 2 to the power of this
   * @param overlap how far it reaches into the next, for a row that starts at its very end
   */
  static MappedText map(final Path file, final int strideBits, final int overlap)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      final long size = channel.size();
      final long stride = 1L << strideBits;
      final ByteBuffer[] segments = new ByteBuffer[Math.toIntExact((size + stride - 1) / stride)];
      for (int i = 0; i < segments.length; i++) {
        final long from = i * stride;
        segments[i] = channel.map(MapMode.READ_ONLY, from, Math.min(stride + overlap, size - from));
      }
      return new MappedText(file, segments, strideBits, size);
    }
  }

  /** A copy of the file, mapped. */
  MappedText copiedTo(final Path copy) throws IOException {
    final MappedText text = map(copy);
    if (text.length != length) {
      throw new IOException("it has " + text.length + " bytes, the original has " + length);
    }
    return text;
  }

  /** What is mapped. */
  Path file() {
    return file;
  }

  /** Its length in bytes. */
  long length() {
    return length;
  }

  /** The segment that has an offset. */
  ByteBuffer segment(final long offset) {
    return segments[(int) (offset >>> strideBits)];
  }

  /** The offset within its segment. */
  int local(final long offset) {
    return (int) (offset & (1L << strideBits) - 1);
  }
}
