package io.lockstep.engine.core.schedule;

import io.lockstep.scenario.plan.Timing;

/**
 * A shard's part of a throttle: a token bucket in its form without a ticker (the generic cell rate
 * algorithm, ITU-T I.371). Tokens come evenly; {@code burst} of them can gather. Each of S shards
 * has a bucket of its own with 1/S of the rate and its share of the burst, at least one token; so
 * where there are more shards than burst, they let pass as many at once as there are shards. Time
 * is exact: nanoseconds and parts of one.
 */
public final class TokenBucket {
  private static final long SECOND_NS = 1_000_000_000L;

  private final long rate;
  private final long stepNs;
  private final long stepParts;
  private final long depthNs;
  private final long depthParts;

  /** When the bucket is full again, if nobody takes a token. */
  private long fullNs;

  private long fullParts;

  /**
   * @param timing has the throttle
   * @param shard which
   * @param shards of how many
   */
  public TokenBucket(final Timing timing, final int shard, final int shards) {
    rate = timing.requestsPerSecond();
    final long wholeStep = Math.multiplyExact(SECOND_NS, (long) shards);
    stepNs = wholeStep / rate;
    stepParts = wholeStep % rate;
    final long burst = Math.max(1, (timing.burst() - shard + shards - 1) / shards);
    final Wide depth = new Wide();
    depth.product(burst - 1, wholeStep);
    depthNs = depth.divide(rate);
    depthParts = depth.remainder();
  }

  /** Takes the next token: returns when it is there, {@code nowNs} at the earliest. */
  public long take(final long nowNs) {
    if (fullNs < nowNs) {
      fullNs = nowNs;
      fullParts = 0;
    }
    final long thereNs = fullNs - depthNs + (fullParts > depthParts ? 1 : 0);
    fullParts += stepParts;
    fullNs += stepNs + (fullParts >= rate ? 1 : 0);
    fullParts -= fullParts >= rate ? rate : 0;
    return Math.max(nowNs, thereNs);
  }
}
