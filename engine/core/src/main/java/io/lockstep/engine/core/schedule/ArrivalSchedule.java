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
 * picoseconds, which hold 106 days. Either way it falls into the first tick that does not start
 * before it.
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

  /** Uniform: the last arrival is due {@code dueNs + dueParts / arrivals}, exactly. */
  private long dueNs;

  private long dueParts;

  /** Poisson: when the last arrival is due. */
  private long sumPicos;

  /**
   * @param load the schedule
   * @param tickNs length of a tick
   * @param scenarioStream key of the scenario's random streams
   * @param shard which arrivals
   * @param shards of how many
   * @throws IllegalArgumentException if the schedule cannot be computed exactly in 64 bits.
   */
  public ArrivalSchedule(
      final Load.Open load,
      final long tickNs,
      final long scenarioStream,
      final int shard,
      final int shards) {
    this.tickNs = tickNs;
    this.shards = shards;
    durationNs = product(load.durationTicks(), tickNs, "the duration in nanoseconds");
    arrivals = load.arrivals();
    periodNs = load.periodNs();
    product(arrivals, shards + 1L, "arrivals times shards");
    product(periodNs, shards, "the period times shards");
    stream = scenarioStream;
    gaps = load.process() == Load.ArrivalProcess.POISSON ? gaps(load.site()) : null;
    index = -1;
    dueNs = Math.floorDiv(-periodNs, arrivals);
    dueParts = Math.floorMod(-periodNs, arrivals);
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
    final long nextNs = gaps == null ? uniform(count) : poisson(count);
    tick =
        nextNs >= 0 && nextNs < durationNs
            ? ORIGIN_TICK + (nextNs + tickNs - 1) / tickNs
            : NULL_TICK;
  }

  private long uniform(final int count) {
    index += count;
    dueParts += periodNs % arrivals * count;
    dueNs += periodNs / arrivals * count + dueParts / arrivals;
    dueParts %= arrivals;
    return dueNs;
  }

  /** Negative if it lies beyond what picoseconds hold, hence beyond the end. */
  private long poisson(final int count) {
    for (int i = 0; i < count && sumPicos >= 0; i++) {
      index++;
      sumPicos += gaps.sampleNs(KeyedRandom.arrivalStream(stream, index), 0);
    }
    return sumPicos < 0 ? -1 : sumPicos / PICOS;
  }

  private DurationSampler gaps(final long site) {
    product(durationNs, PICOS, "the duration of a Poisson schedule in picoseconds");
    final long meanPicos =
        product(periodNs, PICOS, "the period of a Poisson schedule in picoseconds") / arrivals;
    if (meanPicos < PICOS) {
      throw new IllegalArgumentException(
          "a Poisson schedule of "
              + arrivals
              + " arrivals in "
              + periodNs
              + " ns is too dense: the mean gap must be at least a nanosecond");
    }
    return new DurationSampler(site, new Distribution.Exponential(meanPicos));
  }

  private static long product(final long a, final long b, final String what) {
    final long high = Math.multiplyHigh(a, b);
    final long low = a * b;
    if (high != 0 || low < 0) {
      throw new IllegalArgumentException(
          "arrival schedule too long: " + what + ", " + a + " * " + b + ", does not fit 64 bits");
    }
    return low;
  }
}
