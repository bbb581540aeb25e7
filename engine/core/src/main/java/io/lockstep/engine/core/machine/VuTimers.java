package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.wheel.TimerWheel;

/** The timers of a shard's VUs, one each: think time, or the schedule that wakes it. */
final class VuTimers {
  /** Timers taken from the wheel at once, so that what belongs to them is fetched together. */
  private static final int BATCH = 32;

  private static final int FORGOTTEN = -1;

  private final TimerWheel wheel;
  private final VuTable table;
  private final int[] due = new int[BATCH];

  /** Of those in {@code due}, how many there are and which one comes next. */
  private int dueCount;

  private int nextDue;

  VuTimers(final int vus, final VuTable table) {
    wheel = new TimerWheel(vus);
    this.table = table;
  }

  /** All ticks up to this one have been fired. */
  long now() {
    return wheel.now();
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

  /**
   * Has a VU wake at a tick. Where that is past, its timer fires in the first tick that is free,
   * and the VU still goes on as of the tick at which it should have woken.
   */
  void wakeAt(final int vu, final long wakeTick, final long firstFreeTick) {
    final long reachable = Math.min(wakeTick, TimerWheel.MAX_TICK - 1);
    table.wakeTick(vu, reachable);
    wake(vu, Math.max(reachable, firstFreeTick));
  }

  /**
   * Takes back the timer of a VU, if it is set, or if it is due now and another VU's timer, which
   * came before it, is the reason.
   */
  void forget(final int vu) {
    wheel.remove(vu);
    for (int i = nextDue; i < dueCount; i++) {
      if (due[i] == vu) {
        due[i] = FORGOTTEN;
      }
    }
  }

  /** Fires all that is due in the present tick, in the order of the wheel; returns how many. */
  int fire(final VuFlow flow) {
    int fired = 0;
    dueCount = wheel.poll(due);
    while (dueCount > 0) {
      for (int i = 0; i < dueCount; i++) {
        table.touch(due[i]);
      }
      fired += dueCount;
      nextDue = 0;
      while (nextDue < dueCount) {
        final int vu = due[nextDue++];
        if (vu != FORGOTTEN) {
          flow.onWake(vu);
        }
      }
      dueCount = wheel.poll(due);
    }
    nextDue = 0;
    return fired;
  }
}
