package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.ConnectionCounts;
import io.lockstep.scenario.plan.Plan;

/**
 * Opens connections before a run's clock starts, at a steady rate: to open one costs the thread far
 * more than a request. What does not open in time is given up; the request that wants it tries
 * again.
 */
final class AheadOpening {
  private static final double NS_PER_SECOND = 1e9;

  private final SessionContext context;
  private final ConnectionPolicy policy;
  private final int count;
  private final double perSecond;
  private final long connectTimeoutNs;
  private int begun;
  private boolean started;
  private long startNs;
  private long lastNs;

  /**
   * @param count of this shard
   * @param shards that share the rate
   */
  AheadOpening(
      final Plan plan,
      final SessionContext context,
      final ConnectionPolicy policy,
      final int count,
      final int shards) {
    this.context = context;
    this.policy = policy;
    this.count = count;
    perSecond = (double) plan.connections().opening().aheadPerSecond() / shards;
    connectTimeoutNs = plan.connections().connectTimeoutNs();
  }

  /** Begins those that are due; returns whether none is left to wait for. */
  boolean step(final long nowNs) {
    if (!started) {
      started = true;
      startNs = nowNs;
    }
    final double due = 1 + (nowNs - startNs) / NS_PER_SECOND * perSecond;
    for (int i = 0; i < ConnectionPolicy.MAX_STARTS && begun < count && begun < due; i++) {
      policy.openAhead();
      begun++;
      lastNs = nowNs;
    }
    if (begun < count) {
      return false;
    }
    final ConnectionCounts counts = context.tally.counts();
    if (counts.ahead() + counts.failedAhead() == count) {
      return true;
    }
    if (nowNs - lastNs >= connectTimeoutNs) {
      giveUp();
      return true;
    }
    return false;
  }

  /** Ends what is still being opened. */
  void giveUp() {
    context.giveUpAhead();
  }
}
