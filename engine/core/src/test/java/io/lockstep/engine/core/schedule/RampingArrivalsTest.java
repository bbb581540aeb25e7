package io.lockstep.engine.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.random.DurationSampler;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.schedule.RampOracle.Fraction;
import io.lockstep.engine.core.testing.JournalLaws;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Load.ArrivalProcess;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Stages;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class RampingArrivalsTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long TICK_NS = 100_000;
  private static final int LIMIT = 40;

  private record Arrival(long index, long tick) {}

  /** Ramps of all sizes that the language allows, up to a year and a billion a millisecond. */
  @Provide
  Arbitrary<Load.RampingRate> ramps() {
    final Arbitrary<Long> periods =
        Arbitraries.of(
            1_000_000L, SECOND_NS, 7 * SECOND_NS + 1, 60 * SECOND_NS, 86_400 * SECOND_NS);
    return Combinators.combine(rates(), periods, stages(), Arbitraries.of(ArrivalProcess.class))
        .as(
            (rate, period, stages, process) ->
                new Load.RampingRate(rate, period, stages, process, 5))
        .filter(RampingArrivalsTest::isAllowed);
  }

  private static Arbitrary<Long> rates() {
    return Arbitraries.oneOf(
        Arbitraries.just(0L),
        Arbitraries.longs().between(1, 100),
        Arbitraries.longs().between(1, 1_000_000_000));
  }

  private static Arbitrary<Stages> stages() {
    final Arbitrary<Long> ticks =
        Arbitraries.oneOf(
            Arbitraries.just(0L),
            Arbitraries.longs().between(1, 100_000),
            Arbitraries.longs().between(1, 100_000_000_000L));
    return Combinators.combine(ticks, rates())
        .as(List::of)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(
            pairs ->
                new Stages(
                    LongArray.of(pairs.stream().mapToLong(pair -> pair.get(0)).toArray()),
                    LongArray.of(pairs.stream().mapToLong(pair -> pair.get(1)).toArray())));
  }

  private static boolean isAllowed(final Load.RampingRate ramp) {
    final RampOracle oracle = new RampOracle(ramp.startRate(), ramp.stages(), TICK_NS);
    final Fraction arrivals = oracle.integral(oracle.endNs()).over(ramp.periodNs());
    return oracle.endNs() > 0 && arrivals.compareTo(Fraction.of(1_000_000_000_000L)) <= 0;
  }

  @Property
  void arrivalsAreThoseOfExactFractions(@ForAll("ramps") final Load.RampingRate ramp) {
    final RampOracle oracle = new RampOracle(ramp.startRate(), ramp.stages(), TICK_NS);
    final List<Arrival> found = all(ramp, 9, 0, 1, LIMIT);
    final DurationSampler gaps =
        new DurationSampler(5, new Distribution.Exponential(2 * ramp.periodNs()));
    BigInteger drawn = BigInteger.ZERO;
    for (int i = 0; i <= found.size() && i < LIMIT; i++) {
      drawn = drawn.add(BigInteger.valueOf(gaps.sampleNs(KeyedRandom.arrivalStream(9, i), 0)));
      final Fraction owed =
          ramp.process() == ArrivalProcess.UNIFORM
              ? Fraction.of(i).times(ramp.periodNs())
              : new Fraction(drawn, BigInteger.TWO);
      final long dueNs = oracle.lastNsOwing(owed);
      if (i == found.size()) {
        assertEquals(oracle.endNs(), dueNs, "arrival " + i + " is owed");
      } else {
        assertTrue(dueNs < oracle.endNs());
        assertEquals(new Arrival(i, 1 + (dueNs + TICK_NS - 1) / TICK_NS), found.get(i));
      }
    }
  }

  /** The shard that begins far in sees the far end of a schedule, which counting never reaches. */
  @Property
  void lateArrivalsAreThoseOfExactFractionsToo(
      @ForAll("ramps") final Load.RampingRate any,
      @ForAll @IntRange(min = 0, max = 1_000_000) final int share) {
    final Load.RampingRate ramp =
        new Load.RampingRate(
            any.startRate(), any.periodNs(), any.stages(), ArrivalProcess.UNIFORM, 0);
    final RampOracle oracle = new RampOracle(ramp.startRate(), ramp.stages(), TICK_NS);
    final long owed = JournalLaws.owed(ramp, TICK_NS);
    final int index = (int) Math.min(Integer.MAX_VALUE - 9L, (long) (owed * (share / 1_000_000.0)));
    final ArrivalSchedule schedule = ArrivalSchedule.of(ramp, TICK_NS, 1, 0, index, index + 1);
    final long dueNs = oracle.lastNsOwing(Fraction.of(index).times(ramp.periodNs()));
    if (index >= owed) {
      assertEquals(ArrivalSchedule.NULL_TICK, schedule.nextTick());
    } else {
      assertEquals(index, schedule.nextArrival());
      assertEquals(1 + (dueNs + TICK_NS - 1) / TICK_NS, schedule.nextTick());
    }
  }

  @Property
  void countsAreTheIntegralRoundedUp(
      @ForAll("ramps") final Load.RampingRate ramp,
      @ForAll @IntRange(min = 0, max = 1_000) final int share) {
    final RampOracle oracle = new RampOracle(ramp.startRate(), ramp.stages(), TICK_NS);
    final RateProfile profile = RateProfile.of(ramp, TICK_NS);
    final long atNs = oracle.endNs() / 1_000 * share;
    assertEquals(
        oracle.integral(atNs).over(ramp.periodNs()).ceiling().longValueExact(),
        profile.owedBefore(atNs));
    assertEquals(JournalLaws.owed(ramp, TICK_NS), profile.owedBefore(profile.endNs()));
  }

  @Property(tries = 200)
  void shardsPartitionTheSameArrivals(
      @ForAll("ramps") final Load.RampingRate ramp,
      @ForAll @IntRange(min = 1, max = 7) final int shards) {
    final List<Arrival> whole = all(ramp, 3, 0, 1, LIMIT * shards);
    for (int shard = 0; shard < shards; shard++) {
      final List<Arrival> part = all(ramp, 3, shard, shards, LIMIT);
      for (int i = 0; i < part.size(); i++) {
        assertEquals(whole.get(i * shards + shard), part.get(i));
      }
      final int owed = (whole.size() - shard + shards - 1) / shards;
      assertEquals(Math.min(LIMIT, owed), part.size());
    }
  }

  @Test
  void shouldEqualTheConstantScheduleWhereTheRateStaysTheSame() {
    final Load.Open constant = new Load.Open(7, SECOND_NS, 30_000, ArrivalProcess.UNIFORM, 5);
    final Load.RampingRate flat = ramp(7, new long[] {10_000, 0, 20_000}, new long[] {7, 7, 7});
    assertEquals(all(constant, 0, 0, 1, 100), all(flat, 0, 0, 1, 100));
  }

  @Test
  void shouldFollowTheRampThatIsEasyToSee() {
    // From 0 to 2 a second in 2 s: half t squared is owed, so arrival i is due at sqrt(2 i).
    final List<Arrival> found = all(ramp(0, new long[] {20_000}, new long[] {2}), 0, 0, 1, LIMIT);
    assertEquals(List.of(new Arrival(0, 1), new Arrival(1, 1 + 14_143)), found);
  }

  @Test
  void shouldWaitThroughAPauseInTheMiddle() {
    final Load.RampingRate ramp =
        ramp(10, new long[] {10_000, 0, 50_000, 0, 10_000}, new long[] {10, 0, 0, 10, 10});
    final List<Arrival> found = all(ramp, 0, 0, 1, LIMIT);
    assertEquals(20, found.size());
    assertEquals(new Arrival(9, 1 + 9_000), found.get(9));
    assertEquals(new Arrival(10, 1 + 60_000), found.get(10));
  }

  @Test
  void shouldSpreadPoissonArrivalsByTheIntegral() {
    final int runs = 400;
    double early = 0;
    double late = 0;
    for (int run = 0; run < runs; run++) {
      final Load.RampingRate ramp =
          new Load.RampingRate(
              0,
              SECOND_NS,
              new Stages(LongArray.of(10_000), LongArray.of(400)),
              ArrivalProcess.POISSON,
              5);
      for (final Arrival arrival : all(ramp, run, 0, 1, 10_000)) {
        early += arrival.tick <= 5_001 ? 1 : 0;
        late += arrival.tick <= 5_001 ? 0 : 1;
      }
    }
    assertEquals(50, early / runs, 4 * Math.sqrt(50.0 / runs));
    assertEquals(150, late / runs, 4 * Math.sqrt(150.0 / runs));
  }

  @Test
  void shouldHoldEachRateOfACapacitySearchForItsStep() {
    final Load.Capacity capacity =
        new Load.Capacity(
            10, 15, 30, SECOND_NS, 10_000, ArrivalProcess.UNIFORM, 5, new Load.Objective(1, 1));
    final int[] counts = new int[3];
    for (final Arrival arrival : all(capacity, 0, 0, 1, 1_000)) {
      counts[(int) Math.min(2, (arrival.tick - 1) / 10_000)]++;
    }
    assertEquals(List.of(10, 25, 30), List.of(counts[0], counts[1], counts[2]));
  }

  private static Load.RampingRate ramp(final long start, final long[] ticks, final long[] targets) {
    return new Load.RampingRate(
        start,
        SECOND_NS,
        new Stages(LongArray.of(ticks), LongArray.of(targets)),
        ArrivalProcess.UNIFORM,
        5);
  }

  private static List<Arrival> all(
      final Load load, final long stream, final int shard, final int shards, final int limit) {
    final ArrivalSchedule schedule = ArrivalSchedule.of(load, TICK_NS, 1, stream, shard, shards);
    final List<Arrival> found = new ArrayList<>();
    while (schedule.nextTick() != ArrivalSchedule.NULL_TICK && found.size() < limit) {
      found.add(new Arrival(schedule.nextArrival(), schedule.nextTick()));
      schedule.advance();
    }
    return found;
  }
}
