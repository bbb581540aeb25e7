package io.lockstep.engine.core.feeder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.random.KeyedRandom;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowPermutationTest {
  @Property(tries = 300)
  void everyNumberComesOnce(
      @ForAll final long key, @ForAll @IntRange(min = 1, max = 5_000) final int size) {
    final RowPermutation permutation = new RowPermutation(size);
    final BitSet seen = new BitSet(size);
    for (int i = 0; i < size; i++) {
      final long number = permutation.at(key, i);
      assertTrue(number >= 0 && number < size, () -> number + " of " + size);
      assertFalse(seen.get((int) number), () -> number + " comes twice");
      seen.set((int) number);
    }
  }

  @Test
  void shouldGiveEveryNumberOfAMillionOnce() {
    final int size = 1_000_000;
    final RowPermutation permutation = new RowPermutation(size);
    final BitSet seen = new BitSet(size);
    for (int i = 0; i < size; i++) {
      seen.set((int) permutation.at(42, i));
    }
    assertEquals(size, seen.cardinality());
  }

  @Test
  void shouldHoldTheLargestSizes() {
    for (final long size : new long[] {Long.MAX_VALUE, (1L << 62) + 1, 1L << 62, 1L << 61}) {
      final long number = new RowPermutation(size).at(7, size - 1);
      assertTrue(number >= 0 && number < size);
    }
  }

  @Test
  void shouldRefuseWhatIsNoPosition() {
    assertThrows(IllegalArgumentException.class, () -> new RowPermutation(0));
    final RowPermutation permutation = new RowPermutation(3);
    assertThrows(IllegalArgumentException.class, () -> permutation.at(1, 3));
    assertThrows(IllegalArgumentException.class, () -> permutation.at(1, -1));
  }

  /** Chi squared with 23 degrees of freedom; 49.7 is its quantile of 0.999. */
  @Test
  void shouldGiveEveryOrderOfFourRowsAboutAsOften() {
    final RowPermutation permutation = new RowPermutation(4);
    final Map<String, Integer> countByOrder = new TreeMap<>();
    final int keys = 24_000;
    for (int key = 0; key < keys; key++) {
      final long mixed = KeyedRandom.mix(key + 1L);
      final StringBuilder order = new StringBuilder();
      for (int i = 0; i < 4; i++) {
        order.append(permutation.at(mixed, i));
      }
      countByOrder.merge(order.toString(), 1, Integer::sum);
    }
    assertEquals(24, countByOrder.size());
    final double expected = keys / 24.0;
    final double chiSquared =
        countByOrder.values().stream()
            .mapToDouble(count -> (count - expected) * (count - expected) / expected)
            .sum();
    assertTrue(chiSquared < 49.7, () -> "chi squared " + chiSquared);
  }

  /** Chi squared with 99 degrees of freedom; 148.2 is its quantile of 0.999. */
  @Test
  void shouldPutTheFirstRowAnywhereAboutAsOften() {
    final RowPermutation permutation = new RowPermutation(100);
    final int[] counts = new int[100];
    final int keys = 100_000;
    for (int key = 0; key < keys; key++) {
      counts[(int) permutation.at(KeyedRandom.mix(key + 1L), 0)]++;
    }
    double chiSquared = 0;
    for (final int count : counts) {
      chiSquared += (count - 1_000.0) * (count - 1_000.0) / 1_000.0;
    }
    final double found = chiSquared;
    assertTrue(found < 148.2, () -> "chi squared " + found);
  }

  /**
   * An order that changes would change the data of every recorded run. The vectors were made by an
   * independent program from the description in random-streams.md.
   */
  @Test
  void shouldKeepItsOrderForEver() {
    assertArrayEquals(new long[] {5, 9, 3, 7, 0, 4, 6, 2, 1, 8}, start(10, 42, 10));
    assertArrayEquals(new long[] {761477, 55569, 540939, 49933}, start(1_000_003, -5, 4));
  }

  private static long[] start(final long size, final long key, final int count) {
    final RowPermutation permutation = new RowPermutation(size);
    return LongStream.range(0, count).map(i -> permutation.at(key, i)).toArray();
  }
}
