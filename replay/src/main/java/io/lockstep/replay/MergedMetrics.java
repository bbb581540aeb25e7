package io.lockstep.replay;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.scenario.plan.Plan;

/**
 * The metrics of all shards of a replay. Thresholds are judged while the shards are replayed, each
 * on a thread of its own: one that is far ahead waits here for the others, so that what is kept of
 * it is bounded however long the run was.
 */
final class MergedMetrics {
  /** So far a shard may be ahead of the slowest, in tenths of the shortest window. */
  private static final long MAX_LEAD = 256;

  private final MetricsTracker merged;

  MergedMetrics(final Plan plan, final int shards) {
    merged = new MetricsTracker(plan, shards);
  }

  /** Takes what a shard's samples came to; on the thread that replays it. */
  synchronized void take(final int shard, final MetricsTracker metrics) {
    merged.take(shard, metrics);
    notifyAll();
    try {
      while (merged.lead(shard) > MAX_LEAD) {
        wait();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while replaying", e);
    }
  }

  /** Nothing more comes of a shard, at its end or where it could not be replayed further. */
  synchronized void end(final int shard) {
    merged.end(shard);
    notifyAll();
  }

  /** Adds a shard that has ended. */
  synchronized void add(final MetricsTracker metrics) {
    merged.add(metrics);
  }

  /** Of all shards that were added. */
  synchronized MetricsTracker all() {
    return merged;
  }
}
