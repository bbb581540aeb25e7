package io.lockstep.engine.core.wheel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
  private final int[] due = new int[3];

  @Test
  void shouldComeAtTheDeadlineAndNotBefore() {
    final Deadlines deadlines = new Deadlines(2);
    deadlines.set(1, 70);
    assertEquals(List.of(), drain(deadlines, 69));
    assertEquals(List.of(1), drain(deadlines, 70));
    assertEquals(List.of(), drain(deadlines, 5_000));
  }

  @Test
  void shouldComeEarlierWhereALaterDeadlineIsMovedForward() {
    final Deadlines deadlines = new Deadlines(1);
    deadlines.set(0, 50_000);
    deadlines.clear(0);
    deadlines.set(0, 20);
    assertEquals(List.of(), drain(deadlines, 19));
    assertEquals(List.of(0), drain(deadlines, 20));
  }

  @Test
  void shouldComeAtOnceWhereTheDeadlineHasPassed() {
    final Deadlines deadlines = new Deadlines(1);
    drain(deadlines, 1_000);
    deadlines.set(0, 10);
    assertEquals(List.of(0), drain(deadlines, 1_001));
  }

  /** Ahead of its clock a wheel would let every deadline come late, and nobody would know. */
  @Test
  void shouldRefuseAClockThatGoesBack() {
    final Deadlines deadlines = new Deadlines(1);
    drain(deadlines, 1_000);
    drain(deadlines, 1_000);
    assertThrows(IllegalArgumentException.class, () -> drain(deadlines, 999));
  }

  /** Against a map of deadlines: the same owners, in any order within a span. */
  @Property
  void allThatIsDueComesAndNothingElse(
      @ForAll final long seed, @ForAll @IntRange(min = 1, max = 40) final int owners) {
    final Random random = new Random(seed);
    final Deadlines deadlines = new Deadlines(owners);
    final TreeMap<Integer, Long> oracle = new TreeMap<>();
    long now = 0;
    for (int step = 0; step < 300; step++) {
      final int owner = random.nextInt(owners);
      if (random.nextInt(3) == 0) {
        deadlines.clear(owner);
        oracle.remove(owner);
      } else {
        final long deadline = now + 1 + random.nextInt(1 << random.nextInt(16));
        deadlines.set(owner, deadline);
        oracle.put(owner, deadline);
      }
      now += random.nextInt(1 << random.nextInt(12));
      final long tick = now;
      final List<Integer> expected = new ArrayList<>();
      oracle.forEach(
          (due, deadline) -> {
            if (deadline <= tick) {
              expected.add(due);
            }
          });
      final List<Integer> actual = drain(deadlines, tick);
      actual.sort(null);
      assertEquals(expected, actual);
      expected.forEach(oracle::remove);
    }
  }

  private List<Integer> drain(final Deadlines deadlines, final long nowTick) {
    final List<Integer> owners = new ArrayList<>();
    int count = deadlines.poll(nowTick, due);
    while (count > 0) {
      Arrays.stream(due, 0, count).forEach(owners::add);
      count = deadlines.poll(nowTick, due);
    }
    return owners;
  }
}
