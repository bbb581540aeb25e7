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
      if (trackers[i].nextTick() == tick && !trackers[i].check(tick) && ending == NONE) {
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

  void onScenarioStarted() {
    for (final ThresholdTracker tracker : trackers) {
      tracker.onScenarioStarted();
    }
    findNext();
  }

  void conclude(final long endedNs) {
    for (final ThresholdTracker tracker : trackers) {
      tracker.conclude(endedNs);
    }
  }

  void add(final ThresholdTrackers other) {
    for (int i = 0; i < trackers.length; i++) {
      trackers[i].add(other.trackers[i]);
    }
  }

  List<ThresholdResult> results(final long endedNs) {
    final List<ThresholdResult> results = new ArrayList<>(trackers.length);
    for (final ThresholdTracker tracker : trackers) {
      results.add(tracker.result(endedNs));
    }
    return results;
  }
}
