package io.lockstep.engine.core.schedule;

import java.math.BigInteger;

/**
 * Exact arithmetic on non-negative numbers of up to 112 bits, without allocation: a product of two
 * longs, a sum, a difference, and a division by a long. Holds one number at a time.
 */
final class Wide {
  private static final double TWO_64 = 0x1.0p64;

  private long high;
  private long low;
  private long remainder;

  /** Becomes {@code a * b}; both non-negative. */
  void product(final long a, final long b) {
    high = Math.multiplyHigh(a, b);
    low = a * b;
  }

  /** Becomes the number. */
  void set(final Wide other) {
    high = other.high;
    low = other.low;
  }

  /** Becomes the number. */
  void set(final BigInteger number) {
    high = number.shiftRight(Long.SIZE).longValueExact();
    low = number.longValue();
  }

  void add(final long number) {
    low += number;
    high += Long.compareUnsigned(low, number) < 0 ? 1 : 0;
  }

  /** The number must not be larger than this one. */
  void subtract(final Wide other) {
    final long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    low -= other.low;
    high -= other.high + borrow;
  }

  int compareTo(final Wide other) {
    return high == other.high
        ? Long.compareUnsigned(low, other.low)
        : Long.compare(high, other.high);
  }

  /**
   * The quotient, rounded down. A quotient in doubles is off by no more than one in 2^52 of it, so
   * what it leaves is exact in 64 bits, whatever overflows on the way, and puts it right.
   *
   * @param divisor positive
   */
  long divide(final long divisor) {
    final long near = (long) (toDouble() / divisor);
    final long left = low - near * divisor;
    remainder = Math.floorMod(left, divisor);
    return near + Math.floorDiv(left, divisor);
  }

  /** What the last division left. */
  long remainder() {
    return remainder;
  }

  double toDouble() {
    final double unsignedLow = (double) (low >>> 1) * 2 + (low & 1);
    return high * TWO_64 + unsignedLow;
  }
}
