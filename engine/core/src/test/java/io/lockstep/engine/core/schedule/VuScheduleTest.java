package io.lockstep.engine.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.engine.core.testing.PlanGenerator;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Stages;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class VuScheduleTest {
  private record Change(long tick, int vu, boolean comes) {}

  @Provide
  Arbitrary<Stages> stages() {
    return PlanGenerator.stages(12);
  }

  /** The line in exact fractions, looked at in every tick. */
  @Property
  void changesAreThoseOfTheLineInExactFractions(
      @ForAll("stages") final Stages stages,
      @ForAll @IntRange(min = 0, max = 9) final int startVus) {
    final Load.RampingVus load = new Load.RampingVus(startVus, stages, 0);
    final List<Change> expected = new ArrayList<>();
    BigInteger from = BigInteger.valueOf(startVus);
    long begin = 0;
    for (int i = 0; i < stages.count(); i++) {
      final BigInteger to = BigInteger.valueOf(stages.targets().get(i));
      final long length = stages.ticks().get(i);
      long vus = from.longValue();
      for (long t = 0; t <= length; t++) {
        // Times the length: from + (to - from) t / length.
        final BigInteger scale = BigInteger.valueOf(Math.max(1, length));
        final BigInteger line =
            length == 0
                ? to
                : from.multiply(scale).add(to.subtract(from).multiply(BigInteger.valueOf(t)));
        while (to.compareTo(from) > 0
            && BigInteger.valueOf(vus + 1).multiply(scale).compareTo(line) <= 0) {
          expected.add(new Change(7 + begin + t, (int) vus, true));
          vus++;
        }
        while (to.compareTo(from) < 0
            && BigInteger.valueOf(vus - 1).multiply(scale).compareTo(line) >= 0) {
          vus--;
          expected.add(new Change(7 + begin + t, (int) vus, false));
        }
        if (t < length) {
          assertEquals(vus, VuSchedule.plannedVus(load, begin + t));
        }
      }
      assertEquals(to.longValue(), vus);
      begin += length;
      from = to;
    }
    assertEquals(expected, all(load, 0, 0, 1));
  }

  @Property
  void shardsPartitionTheSameChanges(
      @ForAll("stages") final Stages stages,
      @ForAll @IntRange(min = 0, max = 9) final int startVus,
      @ForAll @IntRange(min = 0, max = 20) final int firstVu,
      @ForAll @IntRange(min = 1, max = 5) final int shards) {
    final Load.RampingVus load = new Load.RampingVus(startVus, stages, 0);
    final List<Change> parts = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      for (final Change change : all(load, firstVu, shard, shards)) {
        assertEquals(shard, (firstVu + change.vu) % shards);
        parts.add(change);
      }
    }
    final Comparator<Change> order =
        Comparator.comparingLong(Change::tick)
            .thenComparingInt(Change::vu)
            .thenComparing(Change::comes);
    parts.sort(order);
    assertEquals(all(load, firstVu, 0, 1).stream().sorted(order).toList(), parts);
  }

  /** The first stages of the example in the tests of k6's executor, and its times. */
  @Test
  void shouldComeAndGoAsInK6() {
    final Load.RampingVus load =
        new Load.RampingVus(4, new Stages(LongArray.of(20, 50, 40), LongArray.of(6, 1, 5)), 0);
    final List<Long> ticks = all(load, 0, 0, 1).stream().map(Change::tick).toList();
    assertEquals(List.of(17L, 27L, 37L, 47L, 57L, 67L, 77L, 87L, 97L, 107L, 117L), ticks);
  }

  @Test
  void shouldPassTenThousandFlatStages() {
    final long[] ticks = new long[10_000];
    final long[] targets = new long[10_000];
    java.util.Arrays.fill(ticks, 1);
    java.util.Arrays.fill(targets, 3);
    final Load.RampingVus load =
        new Load.RampingVus(3, new Stages(LongArray.of(ticks), LongArray.of(targets)), 0);
    assertEquals(List.of(), all(load, 0, 0, 1));
  }

  private static List<Change> all(
      final Load.RampingVus load, final int firstVu, final int shard, final int shards) {
    final VuSchedule schedule = new VuSchedule(load, 7, firstVu, shard, shards);
    final List<Change> changes = new ArrayList<>();
    while (schedule.nextTick() != VuSchedule.NULL_TICK) {
      changes.add(new Change(schedule.nextTick(), schedule.nextVu(), schedule.comes()));
      schedule.advance();
    }
    return changes;
  }
}
