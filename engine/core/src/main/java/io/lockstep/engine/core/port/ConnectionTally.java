package io.lockstep.engine.core.port;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what becomes of connections: on the transport's thread, read on any. */
public final class ConnectionTally {
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong ahead = new AtomicLong();
  private final AtomicLong failedAhead = new AtomicLong();
  private final AtomicLong closedIdle = new AtomicLong();
  private final AtomicLong retired = new AtomicLong();
  private final AtomicLong strays = new AtomicLong();
  private final AtomicLong handshakesAhead = new AtomicLong();

  /** One is open that a request, or nobody yet, has wanted. */
  public void onOpened(final boolean isAhead, final boolean isSecured) {
    add(opened);
    if (isAhead) {
      add(ahead);
    }
    if (isAhead && isSecured) {
      add(handshakesAhead);
    }
  }

  /** One that no request had wanted did not open. */
  public void onFailedAhead() {
    add(failedAhead);
  }

  /** The target closed one that carried no request. */
  public void onClosedIdle() {
    add(closedIdle);
  }

  /** A limit closed one. */
  public void onRetired() {
    add(retired);
  }

  /** Bytes came on one that no request had asked for. */
  public void onStray() {
    add(strays);
  }

  /** All of them now. */
  public ConnectionCounts counts() {
    return new ConnectionCounts(
        opened.get(),
        ahead.get(),
        failedAhead.get(),
        closedIdle.get(),
        retired.get(),
        strays.get(),
        handshakesAhead.get());
  }

  /** One thread writes. */
  private static void add(final AtomicLong counter) {
    counter.lazySet(counter.getPlain() + 1);
  }
}
