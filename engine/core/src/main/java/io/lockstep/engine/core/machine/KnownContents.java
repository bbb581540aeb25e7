package io.lockstep.engine.core.machine;

import java.util.Arrays;

/**
 * Which contents the journal has and may still be referred to: those of the present generation, so
 * many and of so many bytes together at most. What would be too much begins a new generation, in
 * which nothing is known. A function of what was added, in order, and of nothing else.
 */
final class KnownContents {
  /** Most contents of a generation. */
  static final int MAX_CONTENTS = 1 << 16;

  /** Most bytes of a generation. */
  static final long MAX_BYTES = 64L << 20;

  private static final int SLOTS = MAX_CONTENTS * 2;
  private static final int MAX_GENERATION = 0xFFFF;

  private final long[] hashes = new long[SLOTS * 2];
  private int count;
  private long bytes;
  private int generation;

  /** The present generation, 0 to 65,535, beginning again at 0. */
  int generation() {
    return generation;
  }

  /**
   * Looks a content up, and adds it where it is not there.
   *
   * @return whether it is new, in what is then the present generation.
   */
  boolean add(final ContentHash hash, final int length) {
    int slot = find(hash);
    if (isTaken(slot)) {
      return false;
    }
    if (count == MAX_CONTENTS || bytes + length > MAX_BYTES) {
      Arrays.fill(hashes, 0);
      count = 0;
      bytes = 0;
      generation = generation == MAX_GENERATION ? 0 : generation + 1;
      slot = find(hash);
    }
    hashes[slot * 2] = hash.high;
    hashes[slot * 2 + 1] = hash.low;
    count++;
    bytes += length;
    return true;
  }

  private boolean isTaken(final int slot) {
    return hashes[slot * 2] != 0 || hashes[slot * 2 + 1] != 0;
  }

  /** The slot of a hash, or the free one where it would be. */
  private int find(final ContentHash hash) {
    int slot = (int) hash.low & (SLOTS - 1);
    while (isTaken(slot) && (hashes[slot * 2] != hash.high || hashes[slot * 2 + 1] != hash.low)) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }
}
