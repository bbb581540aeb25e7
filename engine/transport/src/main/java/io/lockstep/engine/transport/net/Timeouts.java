package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.core.wheel.Deadlines;
import io.lockstep.engine.core.wheel.TimerWheel;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;

/**
 * When the requests of a shard, and the connects that they wait for, must be over. VUs go by their
 * index in the shard; each has one request at most. A connect's own time begins with its connect
 * call and never outlasts its request's.
 */
final class Timeouts {
  private static final int BATCH = 64;

  private final Clock clock;
  private final long tickNs;
  private final long connectTicks;
  private final long[] timeoutTicks;
  private final long[] requestDeadlines;
  private final Deadlines deadlines;
  private final int[] due = new int[BATCH];

  Timeouts(final Plan plan, final int localVus, final Clock clock) {
    this.clock = clock;
    this.tickNs = plan.tickNs();
    this.connectTicks = ticks(plan.connections().connectTimeoutNs());
    this.timeoutTicks = plan.requests().stream().mapToLong(RequestPlan::timeoutTicks).toArray();
    this.requestDeadlines = new long[localVus];
    this.deadlines = new Deadlines(localVus);
  }

  /** Whether a VU has a request whose end is awaited. */
  boolean isUnderWay(final int local) {
    return deadlines.isSet(local);
  }

  /** A request was given to the transport; its time begins. */
  void onSend(final int local, final int request) {
    final long deadline = ticks(clock.nanoTime()) + timeoutTicks[request];
    requestDeadlines[local] = deadline;
    deadlines.set(local, deadline);
  }

  /** The connection that a request waits for is being opened. */
  void onConnect(final int local, final long nowNs) {
    deadlines.set(local, Math.min(requestDeadlines[local], ticks(nowNs) + connectTicks));
  }

  /** The connection is open; what is left of the request's time is for the response. */
  void onConnected(final int local) {
    deadlines.set(local, requestDeadlines[local]);
  }

  /** The request has ended, or was given up. */
  void onEnd(final int local) {
    deadlines.clear(local);
  }

  /** How long nothing is due, at least; negative or 0 where something may be. */
  long quietNs() {
    final long next = deadlines.nextTick();
    return next == TimerWheel.NULL_TICK ? Long.MAX_VALUE : next * tickNs - clock.nanoTime();
  }

  /** Expires what was due at a time; returns how many. */
  int expire(final long atNs, final ConnectionPolicy policy) {
    int expired = 0;
    int count = deadlines.poll(atNs / tickNs, due);
    while (count > 0) {
      for (int i = 0; i < count; i++) {
        policy.expire(due[i]);
      }
      expired += count;
      count = deadlines.poll(atNs / tickNs, due);
    }
    return expired;
  }

  private long ticks(final long ns) {
    return (ns + tickNs - 1) / tickNs;
  }
}
