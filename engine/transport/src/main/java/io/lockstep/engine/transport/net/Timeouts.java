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
  /** A cycle that took longer was a pause of the generator. */
  static final long PAUSE_NS = 5_000_000;

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

  /**
   * The connection is open; what is left of the request's time is for the response. Where nobody
   * looked for so long that this was a pause of the generator, it does not count.
   *
   * @param lookedNs when it was last seen that the connection was not open yet
   */
  void onConnected(final int local, final long lookedNs, final long nowNs) {
    if (nowNs - lookedNs > PAUSE_NS) {
      requestDeadlines[local] += (nowNs - lookedNs) / tickNs;
    }
    deadlines.set(local, requestDeadlines[local]);
  }

  /**
   * A request could not be sent in a pause of the generator, which does not count as its time.
   *
   * @param fromNs when the pause began, or before the request did
   */
  void postpone(final int local, final int request, final long fromNs, final long toNs) {
    final long sentTick = requestDeadlines[local] - timeoutTicks[request];
    final long ticks = toNs / tickNs - Math.max(fromNs / tickNs, sentTick);
    if (ticks > 0) {
      requestDeadlines[local] += ticks;
      deadlines.set(local, requestDeadlines[local]);
    }
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
