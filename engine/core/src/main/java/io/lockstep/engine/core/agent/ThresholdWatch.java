package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.scenario.plan.Plan;

/**
 * The thresholds of a run over all its shards, while these run. A shard's thread brings what its
 * samples came to in a stretch of time, ten times per window or once a second; the lock is held for
 * no longer than it takes to add that up.
 */
final class ThresholdWatch {
  /** So far a simulated shard may be ahead of the slowest, in tenths of the shortest window. */
  private static final long MAX_LEAD = 256;

  private final MetricsTracker merged;

  ThresholdWatch(final Plan plan, final int shards) {
    merged = new MetricsTracker(plan, shards);
  }

  /**
   * Takes what a shard has, on that shard's thread.
   *
   * @return the index of the threshold that ends the run, or {@link MetricsTracker#NO_THRESHOLD}
   */
  synchronized int take(final int shard, final MetricsTracker metrics) {
    return merged.take(shard, metrics);
  }

  /** Whether a shard is so far ahead that it should wait, to bound what is kept of it. */
  synchronized boolean isFarAhead(final int shard) {
    return merged.lead(shard) > MAX_LEAD;
  }

  /** Of all shards, once they have ended and are added. */
  synchronized MetricsTracker merged() {
    return merged;
  }
}
