package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.wheel.TimerWheel;

/** The timers of a shard's VUs, one each: think time, or the schedule that wakes it. */
final class VuTimers {
  /** Timers taken from the wheel at once, so that what belongs to them is fetched together. */
  private static final int BATCH = 32;

  private final TimerWheel wheel;
  private final VuTable table;
  private final int[] due = new int[BATCH];

  VuTimers(final int vus, final VuTable table) {
    wheel = new TimerWheel(vus);
    this.table = table;
  }

  long nextTick() {
    return wheel.nextTick();
  }

  void advanceTo(final long tick) {
    wheel.advanceTo(tick);
  }

  /** Sets the timer of a VU; a tick beyond the wheel's reach becomes its last. */
  void wake(final int vu, final long tick) {
    wheel.add(vu, Math.min(tick, TimerWheel.MAX_TICK - 1));
  }

  /** Takes back the timer of a VU, if it is set. */
  void forget(final int vu) {
    wheel.remove(vu);
  }

  /** Fires all that is due in the present tick, in the order of the wheel; returns how many. */
  int fire(final VuFlow flow) {
    int fired = 0;
    int count = wheel.poll(due);
    while (count > 0) {
      for (int i = 0; i < count; i++) {
        table.touch(due[i]);
      }
      for (int i = 0; i < count; i++) {
        flow.onWake(due[i]);
      }
      fired += count;
      count = wheel.poll(due);
    }
    return fired;
  }
}
