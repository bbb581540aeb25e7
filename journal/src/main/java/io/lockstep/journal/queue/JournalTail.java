package io.lockstep.journal.queue;

import io.lockstep.journal.block.BlockChain;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What lies behind the point at which the excerpts of a queue file end. */
final class JournalTail {
  private static final int CHUNK = 64 * 1024;

  /** More than the smallest block, so that none is missed between two chunks. */
  private static final int OVERLAP = 4096;

  private JournalTail() {}

  /** Whether all bytes from an offset to the end of the file are zero. */
  static boolean isZero(final QueueFile file, final long from) throws IOException {
    final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    final UnsafeBuffer bytes = new UnsafeBuffer(chunk);
    for (long at = from; at < file.size(); at += CHUNK) {
      chunk.clear();
      final int count = file.read(chunk, at);
      for (int i = 0; i < count; i++) {
        if (bytes.getByte(i) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Whether a block with this number or a higher one lies behind the current position, other than
   * as the unfinished excerpt of that position: the mark of damage, since a writer never begins an
   * excerpt before it has finished the one before.
   */
  static boolean hasStrayBlock(final QueueFile file, final long number) throws IOException {
    final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    final UnsafeBuffer bytes = new UnsafeBuffer(chunk);
    for (long at = file.position(); at < file.size(); at += CHUNK - OVERLAP) {
      chunk.clear();
      final int count = file.read(chunk, at);
      for (int i = 0; i + Integer.BYTES <= count; i += Integer.BYTES) {
        if (BlockChain.startsLikeBlock(bytes, i, count - i)) {
          final long claimed = BlockChain.claimedNumber(bytes, i);
          final boolean unfinished = at + i == file.contentPosition() && claimed == number;
          if (claimed >= number && !unfinished) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
