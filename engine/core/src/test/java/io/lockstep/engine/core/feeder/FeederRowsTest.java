package io.lockstep.engine.core.feeder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.FeederPlan.AtEnd;
import io.lockstep.scenario.plan.FeederPlan.Mode;
import io.lockstep.scenario.plan.FeederPlan.Per;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FeederRowsTest {
  private static final long SEED = 42;

  @Test
  void shouldDealRowsOutToVusInOrder() {
    final FeederRows rows = closed(Mode.SEQUENTIAL, Per.ITERATION, AtEnd.RECYCLE, 7, 3);
    assertEquals(List.of(0L, 3L, 6L, 2L), iterations(rows, 0, 4));
    assertEquals(List.of(1L, 4L, 0L, 3L), iterations(rows, 1, 4));
    assertEquals(List.of(2L, 5L, 1L, 4L), iterations(rows, 2, 4));
  }

  @Test
  void shouldLetAVuKeepItsRow() {
    for (final Mode mode : Mode.values()) {
      final FeederRows rows = closed(mode, Per.VU, end(mode), 10, 5);
      for (int vu = 0; vu < 5; vu++) {
        assertEquals(1, Set.copyOf(iterations(rows, vu, 20)).size());
      }
    }
  }

  @Test
  void shouldSayWhatFollowsTheLastRow() {
    final FeederRows vu = closed(Mode.SEQUENTIAL, Per.ITERATION, AtEnd.STOP_VU, 4, 3);
    assertEquals(List.of(0L, 3L, FeederRows.STOP_VU), iterations(vu, 0, 3));
    assertEquals(List.of(1L, FeederRows.STOP_VU), iterations(vu, 1, 2));
    final FeederRows test = closed(Mode.SHUFFLE, Per.VU, AtEnd.STOP_TEST, 2, 3);
    assertTrue(test.ofIteration(1, 9) >= 0);
    assertEquals(FeederRows.STOP_TEST, test.ofIteration(2, 0));
    final FeederRows open = closed(Mode.UNIQUE, Per.ITERATION, AtEnd.STOP_TEST, 2, 3);
    assertEquals(1, open.ofIndex(1));
    assertEquals(FeederRows.STOP_TEST, open.ofIndex(2));
  }

  @Property(tries = 200)
  void eachPassOfAShuffleHasEveryRowOnce(
      @ForAll final long seed, @ForAll @IntRange(min = 1, max = 300) final int size) {
    final FeederRows rows =
        FeederRows.of(
            feeder(Mode.SHUFFLE, Per.ITERATION, AtEnd.RECYCLE, size, 1), scenario(0, 3), seed);
    for (int pass = 0; pass < 3; pass++) {
      final Set<Long> seen = new HashSet<>();
      for (long i = 0; i < size; i++) {
        seen.add(rows.ofIndex(pass * (long) size + i));
      }
      assertEquals(size, seen.size());
    }
  }

  @Test
  void shouldShuffleAnewInEachPassScenarioAndSeed() {
    final FeederPlan feeder = feeder(Mode.SHUFFLE, Per.ITERATION, AtEnd.RECYCLE, 50, 2);
    final FeederRows rows = FeederRows.of(feeder, scenario(0, 3), SEED);
    final List<Long> first = indexes(rows, 0, 50);
    assertNotEquals(first, indexes(rows, 50, 100));
    assertNotEquals(first, indexes(FeederRows.of(feeder, scenario(1, 3), SEED), 0, 50));
    assertNotEquals(first, indexes(FeederRows.of(feeder, scenario(0, 3), SEED + 1), 0, 50));
    assertEquals(first, indexes(FeederRows.of(feeder, scenario(0, 9), SEED), 0, 50));
  }

  @Property(tries = 300)
  void noRowIsUniqueTwiceWhateverScenariosAndVusThereAre(@ForAll final long seed) {
    final Random random = new Random(seed);
    final int scenarios = 1 + random.nextInt(4);
    final int size = 1 + random.nextInt(200);
    final Per per = random.nextBoolean() ? Per.VU : Per.ITERATION;
    final FeederPlan feeder = feeder(Mode.UNIQUE, per, AtEnd.STOP_VU, size, scenarios);
    final Set<Long> seen = new HashSet<>();
    for (int s = 0; s < scenarios; s++) {
      final int vus = 1 + random.nextInt(10);
      final FeederRows rows = FeederRows.of(feeder, scenario(s, vus), seed);
      for (int vu = 0; vu < vus; vu++) {
        final int iterations = per == Per.VU ? 1 : random.nextInt(40);
        for (int i = 0; i < iterations; i++) {
          final long row = rows.ofIteration(vu, i);
          assertTrue(row < size);
          assertTrue(row == FeederRows.STOP_VU || seen.add(row), () -> row + " comes twice");
        }
      }
    }
  }

  @Test
  void shouldUseEveryUniqueRow() {
    final FeederPlan feeder = feeder(Mode.UNIQUE, Per.ITERATION, AtEnd.STOP_VU, 20, 2);
    final Set<Long> seen = new HashSet<>();
    for (int s = 0; s < 2; s++) {
      seen.addAll(indexes(FeederRows.of(feeder, scenario(s, 1), SEED), 0, 11));
    }
    assertTrue(seen.remove(FeederRows.STOP_VU));
    assertEquals(20, seen.size());
  }

  /** Each shard asks for its own identities, in an order of its own. */
  @Property(tries = 200)
  void fourShardsTogetherGetTheRowsOfOne(@ForAll final long seed) {
    final Random random = new Random(seed);
    final Mode mode = List.of(Mode.values()).get(random.nextInt(4));
    final Per per = List.of(Per.values()).get(random.nextInt(2));
    final int vus = 1 + random.nextInt(20);
    final FeederPlan feeder = feeder(mode, per, end(mode), 1 + random.nextInt(60), 1);
    final Map<List<Long>, Long> one = rowByIdentity(feeder, vus, 1, seed);
    assertEquals(vus * 10 + 50, one.size());
    assertEquals(one, rowByIdentity(feeder, vus, 4, seed));
  }

  private static Map<List<Long>, Long> rowByIdentity(
      final FeederPlan feeder, final int vus, final int shards, final long seed) {
    final Map<List<Long>, Long> rowByIdentity =
        new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    for (int shard = shards - 1; shard >= 0; shard--) {
      final FeederRows rows = FeederRows.of(feeder, scenario(0, vus), seed);
      for (long iteration = 9; iteration >= 0; iteration--) {
        for (long vu = shard; vu < vus; vu += shards) {
          rowByIdentity.put(List.of(vu, iteration), rows.ofIteration(vu, iteration));
        }
      }
      for (long index = shard; index < 50; index += shards) {
        rowByIdentity.put(List.of(index), rows.ofIndex(index));
      }
    }
    return rowByIdentity;
  }

  @Test
  void shouldDrawTheSameRandomRowsWithMoreVus() {
    final FeederRows few = closed(Mode.RANDOM, Per.ITERATION, AtEnd.RECYCLE, 1_000, 3);
    final FeederRows many = closed(Mode.RANDOM, Per.ITERATION, AtEnd.RECYCLE, 1_000, 30);
    assertEquals(iterations(few, 2, 50), iterations(many, 2, 50));
    assertNotEquals(iterations(few, 1, 50), iterations(many, 2, 50));
  }

  /** Chi squared with 9 degrees of freedom; 27.9 is its quantile of 0.999. */
  @Test
  void shouldDrawEachRowAboutAsOften() {
    final FeederRows rows = closed(Mode.RANDOM, Per.ITERATION, AtEnd.RECYCLE, 10, 1);
    final int[] counts = new int[10];
    for (int i = 0; i < 10_000; i++) {
      counts[(int) rows.ofIndex(i)]++;
    }
    double chiSquared = 0;
    for (final int count : counts) {
      chiSquared += (count - 1_000.0) * (count - 1_000.0) / 1_000.0;
    }
    final double found = chiSquared;
    assertTrue(found < 27.9, () -> "chi squared " + found);
  }

  @Test
  void shouldRefuseAScenarioThatAUniqueFeederIsNotFor() {
    final FeederPlan feeder = feeder(Mode.UNIQUE, Per.VU, AtEnd.STOP_VU, 5, 1);
    assertThrows(IllegalArgumentException.class, () -> FeederRows.of(feeder, scenario(1, 1), SEED));
  }

  private static AtEnd end(final Mode mode) {
    return mode == Mode.UNIQUE ? AtEnd.STOP_VU : AtEnd.RECYCLE;
  }

  private static FeederRows closed(
      final Mode mode, final Per per, final AtEnd atEnd, final long size, final int vus) {
    return FeederRows.of(feeder(mode, per, atEnd, size, 1), scenario(0, vus), SEED);
  }

  private static FeederPlan feeder(
      final Mode mode, final Per per, final AtEnd atEnd, final long size, final int scenarios) {
    final List<Integer> users = new ArrayList<>();
    for (int i = 0; i < scenarios; i++) {
      users.add(i);
    }
    return new FeederPlan(
        "users", List.of("id"), size, "", mode, per, atEnd, Site.of("data", "users"), users);
  }

  private static ScenarioPlan scenario(final int index, final int vus) {
    return new ScenarioPlan(
        index,
        "s" + index,
        Site.of("scenario", "s" + index),
        new Load.Closed(Load.UNLIMITED, 100),
        0,
        1_000,
        vus,
        0);
  }

  private static List<Long> iterations(final FeederRows rows, final int vu, final int count) {
    final List<Long> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      found.add(rows.ofIteration(vu, i));
    }
    return found;
  }

  private static List<Long> indexes(final FeederRows rows, final long from, final long to) {
    final List<Long> found = new ArrayList<>();
    for (long i = from; i < to; i++) {
      found.add(rows.ofIndex(i));
    }
    return found;
  }
}
