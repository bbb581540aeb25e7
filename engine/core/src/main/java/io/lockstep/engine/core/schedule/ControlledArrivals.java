package io.lockstep.engine.core.schedule;

import io.lockstep.scenario.plan.Load;

/**
 * Evenly spread arrivals at a rate that an operator changes. What was owed by the time of a change,
 * fractions included, stays owed: the integral of the rate goes on without a jump.
 */
public final class ControlledArrivals extends ArrivalSchedule {
  private final long periodNs;
  private final long durationNs;
  private final int shards;
  private final Wide wide = new Wide();
  private final Wide parts = new Wide();
  private long rate;

  /** When the rate was last set. */
  private long baseNs;

  /** What was owed then: whole arrivals, and parts of one by the period. */
  private long baseArrivals;

  private long baseParts;

  ControlledArrivals(
      final Load.Controlled load,
      final long tickNs,
      final long originTick,
      final int shard,
      final int shards) {
    super(originTick, tickNs);
    periodNs = load.periodNs();
    durationNs = Math.multiplyExact(load.durationTicks(), tickNs);
    rate = load.rate();
    this.shards = shards;
    index = shard;
    schedule();
  }

  @Override
  public void advance() {
    index += shards;
    schedule();
  }

  /**
   * Changes the rate from a time on, which is never before that of the last change.
   *
   * @param openTick the first one that can still have arrivals; the time may lie at its very start,
   *     which is the instant of the tick before it
   */
  public void rate(final long newRate, final long atNs, final long openTick) {
    earliest(openTick);
    final long now = Math.max(baseNs, Math.min(atNs, durationNs));
    wide.product(rate, now - baseNs);
    wide.add(baseParts);
    baseArrivals += wide.divide(periodNs);
    baseParts = wide.remainder();
    baseNs = now;
    rate = newRate;
    schedule();
  }

  private void schedule() {
    if (rate == 0) {
      end();
      return;
    }
    long dueNs = baseNs;
    if (index >= baseArrivals) { // else it was due, within the tick of the change
      wide.product(index - baseArrivals, periodNs);
      parts.product(baseParts, 1);
      if (wide.compareTo(parts) > 0) {
        wide.subtract(parts);
        dueNs += wide.divide(rate);
      }
    }
    if (dueNs >= 0 && dueNs < durationNs) {
      due(dueNs);
    } else {
      end();
    }
  }
}
