package io.lockstep.engine.core.feeder;

import io.lockstep.engine.core.random.KeyedRandom;

/**
 * A random order of the numbers below a bound, without a table: where a number comes to is
 * computed, in constant memory. A Feistel network of {@value #ROUNDS} rounds, whose halves take
 * turns and may differ by a bit, permutes the smallest power of two that holds all of them; a
 * number that lands outside is permuted again until it is inside (cycle walking; Black and Rogaway:
 * Ciphers with Arbitrary Finite Domains, CT-RSA 2002), less than twice in the mean.
 */
final class RowPermutation {
  private static final int ROUNDS = 8;

  private final long size;
  private final int rightBits;
  private final long leftMask;
  private final long rightMask;

  /** A permutation of the numbers in {@code [0, size)}. */
  RowPermutation(final long size) {
    if (size < 1) {
      throw new IllegalArgumentException("a permutation needs at least one number, got " + size);
    }
    this.size = size;
    final int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(size - 1));
    rightBits = bits / 2;
    leftMask = (1L << (bits - rightBits)) - 1;
    rightMask = (1L << rightBits) - 1;
  }

  /**
   * The number at a position of one of the orders.
   *
   * @param key chooses the order
   * @param position in {@code [0, size)}
   */
  long at(final long key, final long position) {
    if (position < 0 || position >= size) {
      throw new IllegalArgumentException("position " + position + " of " + size);
    }
    long number = position;
    do {
      number = permuted(key, number);
    } while (number >= size);
    return number;
  }

  private long permuted(final long key, final long number) {
    long left = number >>> rightBits;
    long right = number & rightMask;
    for (int round = 0; round < ROUNDS; round += 2) {
      left ^= KeyedRandom.draw(key, right, round) & leftMask;
      right ^= KeyedRandom.draw(key, left, round + 1L) & rightMask;
    }
    return (left << rightBits) | right;
  }
}
