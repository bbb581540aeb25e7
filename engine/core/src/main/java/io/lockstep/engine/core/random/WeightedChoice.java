package io.lockstep.engine.core.random;

import io.lockstep.scenario.plan.LongArray;

/** Picks an index, each as likely as its weight. */
public final class WeightedChoice {
  /** Up to so many a straight search is the fastest. */
  private static final int LINEAR = 16;

  private WeightedChoice() {}

  /**
   * Sums of the weights up to and including each.
   *
   * @throws ArithmeticException if they do not fit a long.
   * @throws IllegalArgumentException if there is none or one is below 1.
   */
  public static long[] cumulative(final LongArray weights) {
    final long[] sums = weights.toArray();
    if (sums.length == 0) {
      throw new IllegalArgumentException("a choice needs at least one weight");
    }
    long sum = 0;
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] < 1) {
        throw new IllegalArgumentException("weight " + i + " must be at least 1, is " + sums[i]);
      }
      sum = Math.addExact(sum, sums[i]);
      sums[i] = sum;
    }
    return sums;
  }

  /** The index that a draw falls on. */
  public static int pick(final long[] cumulative, final long draw) {
    final int last = cumulative.length - 1;
    final long point = KeyedRandom.below(draw, cumulative[last]);
    if (last < LINEAR) {
      int index = 0;
      while (cumulative[index] <= point) {
        index++;
      }
      return index;
    }
    int low = 0;
    int high = last;
    while (low < high) {
      final int middle = (low + high) >>> 1;
      if (cumulative[middle] <= point) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
