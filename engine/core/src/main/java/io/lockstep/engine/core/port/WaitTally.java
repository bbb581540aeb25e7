package io.lockstep.engine.core.port;

import java.util.concurrent.atomic.AtomicLong;

/** Counts waits for a connection: on the transport's thread, read on any. */
public final class WaitTally {
  /** Of a transport in which nothing waits. */
  public static final WaitTally NONE = new WaitTally();

  private final AtomicLong count = new AtomicLong();
  private final AtomicLong sumNs = new AtomicLong();
  private final AtomicLong maxNs = new AtomicLong();

  /** A wait has ended, by a connection or without one. */
  public void onWait(final long ns) {
    count.lazySet(count.getPlain() + 1);
    sumNs.lazySet(sumNs.getPlain() + ns);
    if (ns > maxNs.getPlain()) {
      maxNs.lazySet(ns);
    }
  }

  public long count() {
    return count.get();
  }

  /** All of them together. */
  public long sumNs() {
    return sumNs.get();
  }

  /** The longest. */
  public long maxNs() {
    return maxNs.get();
  }
}
