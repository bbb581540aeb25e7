package io.lockstep.engine.core.schedule;

import io.lockstep.engine.core.random.DurationSampler;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Load;

/**
 * The arrivals of an open scenario, one after another, of one shard: arrival i belongs to shard
 * {@code i mod shards}. All times are fixed by the plan and the seed before the run starts.
 *
 * <p>Uniform: arrival i is due {@code i * period / arrivals} after the start. Poisson: gaps are
 * exponential, the gap before arrival i drawn from the stream of arrival i and summed in
 * picoseconds. Either way it falls into the first tick that does not start before it.
 */
public final class ArrivalSchedule {
  /** No more arrivals. */
  public static final long NULL_TICK = Long.MAX_VALUE;

  private static final long PICOS = 1000;

  /** First tick of every schedule: VUs are spawned in tick 0 and ready in tick 1. */
  private static final long ORIGIN_TICK = 1;

  private final long tickNs;
  private final long durationNs;
  private final int shards;
  private final long arrivals;
  private final long periodNs;
  private final long stream;
  private final DurationSampler gaps;
  private long index;
  private long tick;
  private long sumPicos;

  /**
   * @param load the schedule
   * @param tickNs length of a tick
   * @param scenarioStream key of the scenario's random streams
   * @param shard which arrivals
   * @param shards of how many
   */
  public ArrivalSchedule(
      final Load.Open load,
      final long tickNs,
      final long scenarioStream,
      final int shard,
      final int shards) {
    this.tickNs = tickNs;
    this.shards = shards;
    durationNs = Math.multiplyExact(load.durationTicks(), tickNs);
    final long divisor = gcd(load.arrivals(), load.periodNs());
    arrivals = load.arrivals() / divisor;
    periodNs = load.periodNs() / divisor;
    Math.multiplyExact(arrivals, periodNs);
    stream = scenarioStream;
    gaps =
        load.process() == Load.ArrivalProcess.POISSON
            ? new DurationSampler(
                load.site(), new Distribution.Exponential(periodNs * PICOS / arrivals))
            : null;
    index = -1;
    step(shard + 1);
  }

  /** Tick of the next arrival of this shard, {@link #NULL_TICK} if there is none. */
  public long nextTick() {
    return tick;
  }

  /** Index of the next arrival, over all shards. */
  public long nextArrival() {
    return index;
  }

  /** Goes on to the arrival after the next. */
  public void advance() {
    step(shards);
  }

  private void step(final int count) {
    if (tick == NULL_TICK) {
      return;
    }
    final long dueNs;
    if (gaps == null) {
      index += count;
      dueNs = index / arrivals * periodNs + index % arrivals * periodNs / arrivals;
    } else {
      for (int i = 0; i < count; i++) {
        index++;
        sumPicos =
            Math.addExact(
                sumPicos, gaps.sampleNs(KeyedRandom.arrivalStream(stream, index), 0));
      }
      dueNs = sumPicos / PICOS;
    }
    tick = dueNs < durationNs ? ORIGIN_TICK + (dueNs + tickNs - 1) / tickNs : NULL_TICK;
  }

  private static long gcd(final long a, final long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
