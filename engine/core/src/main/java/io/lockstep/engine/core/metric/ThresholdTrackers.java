package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.ArrayList;
import java.util.List;

/** The thresholds of a plan in one shard, in the plan's order. */
final class ThresholdTrackers {
  /** No threshold ends the run. */
  static final int NONE = -1;

  private final ThresholdTracker[] trackers;
  private long nextTick = Transport.NULL_TICK;

  ThresholdTrackers(
      final Plan plan, final Meters meters, final int shards, final MeasuredPhase measured) {
    final List<Threshold> thresholds = plan.measures().thresholds();
    trackers = new ThresholdTracker[thresholds.size()];
    for (int i = 0; i < trackers.length; i++) {
      final Threshold threshold = thresholds.get(i);
      trackers[i] =
          new ThresholdTracker(
              threshold, meters.of(threshold.selector()), shards, plan.tickNs(), measured);
    }
    findNext();
  }

  /** The earliest tick in which one wants to be looked at. */
  long nextTick() {
    return nextTick;
  }

  /**
   * Looks at those that are due in a tick.
   *
   * @return the index of the first that ends the run, or {@link #NONE}
   */
  int check(final long tick) {
    int ending = NONE;
    for (int i = 0; i < trackers.length; i++) {
      if (trackers[i].nextTick() == tick && !trackers[i].check() && ending == NONE) {
        ending = i;
      }
    }
    findNext();
    return ending;
  }

  private void findNext() {
    nextTick = Transport.NULL_TICK;
    for (final ThresholdTracker tracker : trackers) {
      nextTick = Math.min(nextTick, tracker.nextTick());
    }
  }

  /** Whether slices wait to be judged together with other shards'. */
  boolean hasSlices() {
    for (final ThresholdTracker tracker : trackers) {
      if (tracker.hasSlices()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes the slices that another shard has.
   *
   * @return the index of the first threshold that ends the run, or {@link #NONE}
   */
  int take(final int shard, final ThresholdTrackers other) {
    int ending = NONE;
    for (int i = 0; i < trackers.length; i++) {
      if (!trackers[i].take(shard, other.trackers[i]) && ending == NONE) {
        ending = i;
      }
    }
    return ending;
  }

  /** Nothing more is to be taken of a shard. */
  void end(final int shard) {
    for (final ThresholdTracker tracker : trackers) {
      tracker.end(shard);
    }
  }

  /** How many slices a shard is ahead of the slowest, at most. */
  long lead(final int shard) {
    long most = 0;
    for (final ThresholdTracker tracker : trackers) {
      most = Math.max(most, tracker.lead(shard));
    }
    return most;
  }

  void abort(final int threshold) {
    trackers[threshold].abort();
  }

  void conclude(final LoadEnds loadEnds, final long endedNs) {
    for (final ThresholdTracker tracker : trackers) {
      tracker.conclude(loadEnds, endedNs);
    }
  }

  void add(final ThresholdTrackers other) {
    for (int i = 0; i < trackers.length; i++) {
      trackers[i].add(other.trackers[i]);
    }
  }

  List<ThresholdResult> results(final LoadEnds loadEnds, final long endedNs) {
    final List<ThresholdResult> results = new ArrayList<>(trackers.length);
    for (final ThresholdTracker tracker : trackers) {
      results.add(tracker.result(loadEnds, endedNs));
    }
    return results;
  }
}
