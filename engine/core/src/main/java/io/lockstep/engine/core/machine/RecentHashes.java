package io.lockstep.engine.core.machine;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Hashes contents, and remembers the hashes of some that came lately: one that comes again, byte
 * for byte, is only compared, which costs a small part of hashing it. What is remembered changes no
 * hash.
 */
final class RecentHashes {
  /** Longer contents are hashed each time. */
  static final int MAX_BYTES = 8 << 10;

  private static final int SLOT_BITS = 5;
  private static final int SLOTS = 1 << SLOT_BITS;

  /** Shorter contents, which cost next to nothing, are hashed each time. */
  private static final int MIN_BYTES = Long.BYTES;

  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
  private static final int SLOT_SHIFT = Long.SIZE - SLOT_BITS;

  private final byte[][] contents = new byte[SLOTS][MAX_BYTES];
  private final int[] lengths = new int[SLOTS];
  private final long[] highs = new long[SLOTS];
  private final long[] lows = new long[SLOTS];

  /** Makes {@code hash} that of some bytes. */
  void of(final DirectBuffer buffer, final int offset, final int length, final ContentHash hash) {
    final byte[] bytes = buffer.byteArray();
    if (bytes == null || length < MIN_BYTES || length > MAX_BYTES) {
      hash.of(buffer, offset, length);
      return;
    }
    final int slot = slot(buffer, offset, length);
    final int from = buffer.wrapAdjustment() + offset;
    if (lengths[slot] == length
        && Arrays.equals(bytes, from, from + length, contents[slot], 0, length)) {
      hash.high = highs[slot];
      hash.low = lows[slot];
      return;
    }
    hash.of(buffer, offset, length);
    System.arraycopy(bytes, from, contents[slot], 0, length);
    lengths[slot] = length;
    highs[slot] = hash.high;
    lows[slot] = hash.low;
  }

  /** By the length and the bytes at the beginning, in the middle and at the end. */
  private static int slot(final DirectBuffer buffer, final int offset, final int length) {
    final int last = length - Long.BYTES;
    long key = length;
    key = key * SPREAD + buffer.getLong(offset);
    key = key * SPREAD + buffer.getLong(offset + last / 2);
    key = key * SPREAD + buffer.getLong(offset + last);
    return (int) ((key * SPREAD) >>> SLOT_SHIFT);
  }
}
