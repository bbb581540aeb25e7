package io.lockstep.scenario.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks a stream of bytes for being UTF-8 text (The Unicode Standard, table 3-7) without NUL,
 * which no text has and UTF-16 is full of. Fed with one chunk after the other.
 */
final class Utf8Scan {
  /** All is well so far. */
  static final long NONE = -1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final int CONTINUATION_LOW = 0x80;
  private static final int CONTINUATION_HIGH = 0xBF;

  private int awaited;
  private int low;
  private int high;
  private long characterStart;

  /**
   * Checks the next bytes.
   *
   * @param base offset of the first of them in the file
   * @return offset of the first byte that belongs to no character, or {@link #NONE}
   */
  long check(final byte[] bytes, final int offset, final int length, final long base) {
    int i = offset;
    final int end = offset + length;
    while (i < end) {
      if (awaited == 0) {
        i = skipAscii(bytes, i, end);
        if (i < end) {
          characterStart = base + i - offset;
          if (!begin(bytes[i] & 0xFF)) {
            return characterStart;
          }
          i++;
        }
      } else {
        final int b = bytes[i] & 0xFF;
        if (b < low || b > high) {
          return characterStart;
        }
        awaited--;
        low = CONTINUATION_LOW;
        high = CONTINUATION_HIGH;
        i++;
      }
    }
    return NONE;
  }

  /** Offset of a character that the end cuts off, or {@link #NONE}. */
  long end() {
    return awaited == 0 ? NONE : characterStart;
  }

  private static int skipAscii(final byte[] bytes, final int from, final int end) {
    int i = from;
    while (i + Long.BYTES <= end) {
      final long word = (long) LONGS.get(bytes, i);
      if (((word | (word - LOW_BITS)) & HIGH_BITS) != 0) {
        break;
      }
      i += Long.BYTES;
    }
    while (i < end && bytes[i] > 0) {
      i++;
    }
    return i;
  }

  private boolean begin(final int b) {
    low = CONTINUATION_LOW;
    high = CONTINUATION_HIGH;
    if (b >= 0xC2 && b <= 0xDF) {
      awaited = 1;
    } else if (b >= 0xE0 && b <= 0xEF) {
      awaited = 2;
      low = b == 0xE0 ? 0xA0 : CONTINUATION_LOW;
      high = b == 0xED ? 0x9F : CONTINUATION_HIGH;
    } else if (b >= 0xF0 && b <= 0xF4) {
      awaited = 3;
      low = b == 0xF0 ? 0x90 : CONTINUATION_LOW;
      high = b == 0xF4 ? 0x8F : CONTINUATION_HIGH;
    } else {
      return false;
    }
    return true;
  }
}
