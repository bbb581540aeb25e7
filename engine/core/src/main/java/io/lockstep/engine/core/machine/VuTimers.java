package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.wheel.TimerWheel;

/**
 * The timers of a shard's VUs, two each. The first is the VU's think time or schedule. The second
 * guards its request timeout: it stays set when a response comes, since the next request's timeout
 * is later, and moves on to that one when it fires. So a request that is answered touches no timer.
 */
final class VuTimers {
  /** Timers taken from the wheel at once, so that what belongs to them is fetched together. */
  private static final int BATCH = 32;

  private final TimerWheel wheel;
  private final VuTable table;
  private final int[] due = new int[BATCH];

  VuTimers(final int vus, final VuTable table) {
    wheel = new TimerWheel(Math.multiplyExact(vus, 2));
    this.table = table;
  }

  long nextTick() {
    return wheel.nextTick();
  }

  void advanceTo(final long tick) {
    wheel.advanceTo(tick);
  }

  /** Sets the first timer of a VU; a tick beyond the wheel's reach becomes its last. */
  void wake(final int vu, final long tick) {
    wheel.add(2 * vu, Math.min(tick, TimerWheel.MAX_TICK - 1));
  }

  /** Takes back the first timer of a VU, if it is set. */
  void forget(final int vu) {
    wheel.remove(2 * vu);
  }

  /** Sees to it that the second timer fires no later than the timeout of the VU's request. */
  void guard(final int vu, final long timeoutTick) {
    final long tick = Math.min(timeoutTick, TimerWheel.MAX_TICK - 1);
    table.timeoutTick(vu, tick);
    final int guard = 2 * vu + 1;
    if (wheel.deadline(guard) > tick) {
      wheel.remove(guard);
      wheel.add(guard, tick);
    }
  }

  /** Fires all that is due in the present tick, in the order of the wheel; returns how many. */
  int fire(final VuFlow flow) {
    int fired = 0;
    int count = wheel.poll(due);
    while (count > 0) {
      for (int i = 0; i < count; i++) {
        table.touch(due[i] >> 1);
      }
      for (int i = 0; i < count; i++) {
        if ((due[i] & 1) == 0) {
          flow.onWake(due[i] >> 1);
        } else {
          onGuard(flow, due[i] >> 1);
        }
      }
      fired += count;
      count = wheel.poll(due);
    }
    return fired;
  }

  private void onGuard(final VuFlow flow, final int vu) {
    final int guard = 2 * vu + 1;
    if (table.state(vu) != VuState.WAITING.code() || wheel.isSet(guard)) {
      return;
    }
    if (table.timeoutTick(vu) > wheel.now()) {
      wheel.add(guard, table.timeoutTick(vu));
    } else {
      flow.onTimeout(vu);
    }
  }
}
