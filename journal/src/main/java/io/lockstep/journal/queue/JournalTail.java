package io.lockstep.journal.queue;

import io.lockstep.journal.block.BlockChain;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What lies behind the point at which the excerpts of a queue file end. */
final class JournalTail {
  private static final int CHUNK = 64 * 1024;

  private JournalTail() {}

  /** Whether all bytes from the current position to the end of the file are zero. */
  static boolean isZero(final QueueFile file) throws IOException {
    final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    final UnsafeBuffer bytes = new UnsafeBuffer(chunk);
    for (long at = file.position(); at < file.size(); at += CHUNK) {
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
   * Whether a block with a number above {@code number} lies behind the current position: the mark of
   * damage, since a writer never begins an excerpt before it has finished the one before.
   */
  static boolean hasLaterBlock(final QueueFile file, final long number) throws IOException {
    final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    final UnsafeBuffer bytes = new UnsafeBuffer(chunk);
    final int overlap = 4096;
    for (long at = file.contentPosition(); at < file.size(); at += CHUNK - overlap) {
      chunk.clear();
      final int count = file.read(chunk, at);
      for (int i = 0; i + Integer.BYTES <= count; i += Integer.BYTES) {
        if (BlockChain.startsLikeBlock(bytes, i, count - i)
            && BlockChain.claimedNumber(bytes, i) > number) {
          return true;
        }
      }
    }
    return false;
  }
}
