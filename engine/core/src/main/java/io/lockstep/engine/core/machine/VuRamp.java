package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.schedule.VuSchedule;
import io.lockstep.scenario.plan.Load;
import java.util.Arrays;

/**
 * The ramp of a scenario's VUs in one shard: which VU comes or goes next, and which has used up its
 * grace. As every VU has the same grace, those deadlines come in the order of the changes: a second
 * walk through the same schedule, so many ticks behind, finds them without a timer.
 */
final class VuRamp {
  private static final long NEVER = -1;

  private final long grace;
  private final VuSchedule changes;
  private final VuSchedule graces;

  /** When each VU, counted from the shard's first of the scenario, was last told to go. */
  private final long[] goneTick;

  private boolean stopped;
  private boolean killed;

  VuRamp(
      final Load.RampingVus load,
      final long startTick,
      final int firstVu,
      final int localVus,
      final int shard,
      final int shards) {
    grace = load.gracefulRampDownTicks();
    changes = new VuSchedule(load, startTick, firstVu, shard, shards);
    graces = new VuSchedule(load, startTick, firstVu, shard, shards);
    goneTick = new long[localVus];
    Arrays.fill(goneTick, NEVER);
    skipComing();
  }

  /** Earliest change or end of a grace. */
  long nextTick() {
    if (killed) {
      return VuSchedule.NULL_TICK;
    }
    final long graceTick =
        graces.nextTick() == VuSchedule.NULL_TICK
            ? VuSchedule.NULL_TICK
            : graces.nextTick() + grace;
    return stopped ? graceTick : Math.min(changes.nextTick(), graceTick);
  }

  boolean changeIsDue(final long tick) {
    return !stopped && changes.nextTick() == tick;
  }

  /** The VU that comes or goes, counted within the scenario. */
  int changing() {
    return changes.nextVu();
  }

  boolean comes() {
    return changes.comes();
  }

  /** The change that is due is done. */
  void changed(final int vu, final long tick) {
    if (!changes.comes()) {
      goneTick[vu] = tick;
    }
    changes.advance();
  }

  boolean graceIsDue(final long tick) {
    return !killed
        && graces.nextTick() != VuSchedule.NULL_TICK
        && graces.nextTick() + grace == tick;
  }

  /** The VU whose grace ends, counted within the scenario. */
  int ending() {
    return graces.nextVu();
  }

  /**
   * Takes the end of a grace; returns whether it counts: the VU has not been told to go again
   * since, nor has the scenario stopped before it was told.
   */
  boolean takeGrace(final int vu) {
    final boolean counts = goneTick[vu] == graces.nextTick();
    graces.advance();
    skipComing();
    return counts;
  }

  /** No more changes. */
  void stop() {
    stopped = true;
  }

  /** No more ends of a grace either. */
  void kill() {
    stopped = true;
    killed = true;
  }

  private void skipComing() {
    while (graces.nextTick() != VuSchedule.NULL_TICK && graces.comes()) {
      graces.advance();
    }
  }
}
