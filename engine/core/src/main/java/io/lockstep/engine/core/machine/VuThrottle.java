package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.schedule.TokenBucket;
import java.util.Arrays;

/**
 * The throttles of scenarios: who wants to issue a request takes a token, or waits for it in the
 * order of asking. A VU waits for one token at a time; its timer tells when it is there. So of a
 * page the next request asks once the one before it was issued.
 */
final class VuThrottle {
  private final Moment moment;
  private final VuTable table;
  private final VuTimers timers;

  /** By scenario; {@code null} for one without a throttle. */
  private final TokenBucket[] buckets;

  private final boolean throttled;

  VuThrottle(final ShardState shard) {
    moment = shard.moment;
    table = shard.table;
    timers = shard.timers;
    buckets =
        Arrays.stream(shard.scenarios)
            .map(scenario -> scenario.throttle)
            .toArray(TokenBucket[]::new);
    throttled = Arrays.stream(buckets).anyMatch(bucket -> bucket != null);
  }

  /**
   * Whether the next request of a VU is held back; its timer is then set. Asked again by that
   * timer, it is not: the token is spent on the request.
   */
  boolean holds(final int vu) {
    if (!throttled) {
      return false;
    }
    final TokenBucket bucket = buckets[table.scenario(vu)];
    if (bucket == null) {
      return false;
    }
    if (table.hasToken(vu)) {
      table.token(vu, false);
      return false;
    }
    final long thereNs = bucket.take(moment.nowNs());
    if (thereNs <= moment.nowNs()) {
      return false;
    }
    table.token(vu, true);
    timers.wakeAt(vu, moment.ticks(thereNs), moment.firstFreeTick());
    return true;
  }

  /** Whether a VU waits for a token. */
  boolean isHolding(final int vu) {
    return throttled && table.hasToken(vu);
  }

  /** A VU is cut off: a token that it waited for is lost, as others have queued up behind it. */
  void forget(final int vu) {
    if (throttled) {
      table.token(vu, false);
    }
  }
}
