package io.lockstep.engine.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.testing.JournalLaws;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Load.ArrivalProcess;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class ArrivalScheduleTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int LIMIT = 2000;

  private record Arrival(long index, long tick) {}

  @Property
  void uniformArrivalsAreThoseOfExactArithmetic(
      @ForAll @LongRange(min = 1, max = 1_000_000_000) final long arrivals,
      @ForAll @LongRange(min = 1_000_000, max = 86_400_000_000_000L) final long periodNs,
      @ForAll @LongRange(min = 1, max = 3_153_600_000_000L) final long durationTicks,
      @ForAll @LongRange(min = 1_000, max = 10_000) final long tickNs) {
    final Load.Open load =
        new Load.Open(arrivals, periodNs, durationTicks, ArrivalProcess.UNIFORM, 0);
    final List<Arrival> found = all(load, tickNs, 0, 1);
    for (final Arrival arrival : found) {
      final BigInteger dueNs =
          BigInteger.valueOf(arrival.index)
              .multiply(BigInteger.valueOf(periodNs))
              .divide(BigInteger.valueOf(arrivals));
      final BigInteger tick = BigInteger.valueOf(tickNs);
      final long ceiling = dueNs.add(tick).subtract(BigInteger.ONE).divide(tick).longValueExact();
      assertEquals(1 + ceiling, arrival.tick);
      assertTrue(arrival.tick <= 1 + durationTicks);
    }
    final long owed = JournalLaws.owed(load, tickNs);
    assertEquals(Math.min(owed, LIMIT), found.size());
  }

  @Test
  void shouldHoldTheLongestAndTheDensestPoissonThatTheLanguageAllows() {
    final long dayNs = 86_400 * SECOND_NS;
    final Load.Open longest = new Load.Open(1, dayNs, 106 * 86_400, ArrivalProcess.POISSON, 5);
    for (long stream = 0; stream < 100; stream++) {
      final List<Arrival> found = all(longest, SECOND_NS, stream, 0, 1);
      assertTrue(found.size() > 50 && found.size() < 162, found.size() + " of stream " + stream);
    }
    final Load.Open densest =
        new Load.Open(1_000_000, 1_000_000, 10, ArrivalProcess.POISSON, 5); // a gap of 1 ns
    assertEquals(LIMIT, all(densest, 100_000, 0, 0, 1).size());
  }

  @Property(tries = 200)
  void shardsPartitionTheSameArrivals(
      @ForAll @LongRange(min = 1, max = 100_000) final long rate,
      @ForAll @IntRange(min = 1, max = 7) final int shards,
      @ForAll final ArrivalProcess process,
      @ForAll final long stream) {
    final Load.Open load = new Load.Open(rate, SECOND_NS, 100, process, 5);
    final List<Arrival> whole = all(load, 100_000, stream, 0, 1);
    final List<List<Arrival>> parts = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      parts.add(all(load, 100_000, stream, shard, shards));
    }
    assertEquals(whole.size(), parts.stream().mapToInt(List::size).sum());
    for (final Arrival arrival : whole) {
      final List<Arrival> part = parts.get((int) (arrival.index % shards));
      assertEquals(arrival, part.get((int) (arrival.index / shards)));
    }
  }

  @Test
  void shouldSpreadPoissonArrivalsWithTheirMeanAndVariance() {
    final int runs = 400;
    final double expected = 200; // a thousand a second for 200 ms
    double sum = 0;
    double squares = 0;
    for (int run = 0; run < runs; run++) {
      final Load.Open load = new Load.Open(1000, SECOND_NS, 2000, ArrivalProcess.POISSON, 5);
      final int count = all(load, 100_000, run, 0, 1).size();
      sum += count;
      squares += (count - expected) * (count - expected);
    }
    assertEquals(expected, sum / runs, 4 * Math.sqrt(expected / runs));
    // The variance's own deviation is about expected * sqrt(2 / runs).
    assertEquals(expected, squares / runs, 4 * expected * Math.sqrt(2.0 / runs));
  }

  @Test
  void shouldNotDriftOverALongPoissonSchedule() {
    final Load.Open load = new Load.Open(3, SECOND_NS, 1_000_000, ArrivalProcess.POISSON, 5);
    final ArrivalSchedule schedule = ArrivalSchedule.of(load, 1_000_000, 1, 9, 0, 1);
    long count = 0;
    while (schedule.nextTick() != ArrivalSchedule.NULL_TICK) {
      schedule.advance();
      count++;
    }
    assertEquals(3000, (double) count, 4 * Math.sqrt(3000));
    assertEquals(ArrivalSchedule.NULL_TICK, schedule.nextTick(), "stays at its end");
    schedule.advance();
    assertEquals(ArrivalSchedule.NULL_TICK, schedule.nextTick());
  }

  @Test
  void shouldRejectWhatItCannotComputeExactly() {
    reject(new Load.Open(1, SECOND_NS, Long.MAX_VALUE, ArrivalProcess.UNIFORM, 0));
    reject(new Load.Open(Long.MAX_VALUE, SECOND_NS, 10, ArrivalProcess.UNIFORM, 0));
    reject(new Load.Open(1, Long.MAX_VALUE / 2, 10, ArrivalProcess.POISSON, 0));
    reject(new Load.Open(2_000_000_000_000L, SECOND_NS, 10, ArrivalProcess.POISSON, 0));
    final long year = 365L * 24 * 3600 * 10_000;
    reject(new Load.Open(1, SECOND_NS, year, ArrivalProcess.POISSON, 0));
    assertEquals(
        1,
        ArrivalSchedule.of(
                new Load.Open(1, SECOND_NS, year, ArrivalProcess.UNIFORM, 0), 100_000, 1, 0, 0, 1)
            .nextTick());
  }

  @Test
  void shouldEndWherePoissonGapsExceedWhatPicosecondsHold() {
    final long day = 24L * 3600 * 10_000;
    final Load.Open load =
        new Load.Open(1, 100 * 86_400 * SECOND_NS, 100 * day, ArrivalProcess.POISSON, 5);
    for (int stream = 0; stream < 1000; stream++) {
      long last = 0;
      for (final Arrival arrival : all(load, 100_000, stream, 0, 1)) {
        assertTrue(arrival.tick > last && arrival.tick <= 1 + 100 * day);
        last = arrival.tick;
      }
    }
  }

  private static void reject(final Load.Open load) {
    final IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> ArrivalSchedule.of(load, 100_000, 1, 0, 0, 1));
    assertTrue(e.getMessage().contains("schedule"), e.getMessage());
  }

  private static List<Arrival> all(
      final Load.Open load, final long tickNs, final int shard, final int shards) {
    return all(load, tickNs, 0, shard, shards);
  }

  private static List<Arrival> all(
      final Load.Open load,
      final long tickNs,
      final long stream,
      final int shard,
      final int shards) {
    final ArrivalSchedule schedule = ArrivalSchedule.of(load, tickNs, 1, stream, shard, shards);
    final List<Arrival> found = new ArrayList<>();
    while (schedule.nextTick() != ArrivalSchedule.NULL_TICK && found.size() < LIMIT * 10) {
      if (shards == 1 && stream == 0 && found.size() == LIMIT) {
        break;
      }
      found.add(new Arrival(schedule.nextArrival(), schedule.nextTick()));
      schedule.advance();
    }
    return found;
  }
}
