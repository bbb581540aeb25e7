package io.lockstep.engine.content.coding;

import java.util.Arrays;

/** What comes out of a coding, in one array that grows up to the limit and is used again. */
final class Decoded {
  private static final int FIRST_BYTES = 8_192;

  private final int maxBytes;
  private byte[] bytes = new byte[0];
  private int length;

  Decoded(final int maxBytes) {
    this.maxBytes = maxBytes;
  }

  void clear() {
    length = 0;
  }

  /** The array, with room behind {@link #length}: of one byte beyond the limit at the end. */
  byte[] room() {
    if (length == bytes.length) {
      final int doubled = Math.max(FIRST_BYTES, 2 * length);
      bytes = Arrays.copyOf(bytes, Math.min(doubled, maxBytes + 1));
    }
    return bytes;
  }

  /** Counts what was written behind {@link #length}. */
  void add(final int count) {
    length += count;
  }

  /** Whether the limit is passed, so that no more is taken. */
  boolean isTooLarge() {
    return length > maxBytes;
  }

  byte[] bytes() {
    return bytes;
  }

  /** What is taken of it. */
  int length() {
    return Math.min(length, maxBytes);
  }

  /** How far it is written, the byte beyond the limit included. */
  int end() {
    return length;
  }
}
