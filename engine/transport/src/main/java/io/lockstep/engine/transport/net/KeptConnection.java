package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.Keeping;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * What a connection has to do with others: its places in lists, linked through it, and how long it
 * is kept. Lives on the shard's thread.
 */
abstract class KeptConnection extends ChannelInboundHandlerAdapter {
  ConnectionSession nextOpen;
  ConnectionSession previousOpen;
  ConnectionSession nextFree;
  ConnectionSession previousFree;
  boolean listedFree;
  ConnectionSession idleAfter;
  ConnectionSession idleBefore;
  boolean listedIdle;

  final SessionContext context;
  private final Keeping keeping;
  private long bornNs;
  private long freeSinceNs;
  private long requests;

  KeptConnection(final SessionContext context) {
    this.context = context;
    this.keeping = context.keeping();
  }

  /** Closes the connection; its request, if any, ends without a completion. */
  abstract void abandon();

  /** It is being opened; one that is opened ahead is as old as the run. */
  final void born(final long nowNs) {
    bornNs = nowNs;
  }

  /** Whether it is too old for another request. */
  final boolean isWorn() {
    return keeping.maxAgeNs() != Keeping.UNLIMITED
        && context.clock.nanoTime() - bornNs >= keeping.maxAgeNs();
  }

  /** Whether it is closed after the request that it has carried. */
  final boolean wearsOut() {
    return ++requests >= keeping.maxRequests() || isWorn();
  }

  /** It carries no request since a time. */
  final void free(final long sinceNs) {
    freeSinceNs = sinceNs;
  }

  /** Since when it has no request. */
  final long freeSinceNs() {
    return freeSinceNs;
  }

  /** Closes it, free as it is, since a limit says so. */
  final void retire() {
    context.tally.onRetired();
    abandon();
  }
}
