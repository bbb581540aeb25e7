package io.lockstep.engine.core.schedule;

import io.lockstep.engine.core.random.DurationSampler;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Load;

/**
 * Arrivals at a constant rate. Uniform: arrival i is due {@code i * period / arrivals} after the
 * start. Poisson: gaps are exponential, the gap before arrival i drawn from the stream of arrival i
 * and summed in picoseconds, which hold 106 days.
 */
final class ConstantArrivals extends ArrivalSchedule {
  private static final long PICOS = 1000;

  private final long durationNs;
  private final int shards;
  private final long arrivals;
  private final long periodNs;
  private final long stream;
  private final DurationSampler gaps;

  /** Uniform: the last arrival is due {@code dueNs + dueParts / arrivals}, exactly. */
  private long dueNs;

  private long dueParts;

  /** Poisson: when the last arrival is due. */
  private long sumPicos;

  ConstantArrivals(
      final Load.Open load,
      final long tickNs,
      final long originTick,
      final long scenarioStream,
      final int shard,
      final int shards) {
    super(originTick, tickNs);
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

  @Override
  public void advance() {
    step(shards);
  }

  private void step(final int count) {
    if (nextTick() == NULL_TICK) {
      return;
    }
    final long nextNs = gaps == null ? uniform(count) : poisson(count);
    if (nextNs >= 0 && nextNs < durationNs) {
      due(nextNs);
    } else {
      end();
    }
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
