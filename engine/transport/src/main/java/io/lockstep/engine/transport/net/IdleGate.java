package io.lockstep.engine.transport.net;

/**
 * Keeps an idle loop from looking at what is ready again at once, where a look costs more than it
 * brings. It stays open while there is something to do. Lives on the shard's thread.
 */
final class IdleGate {
  private final long shutNs;
  private long openNs = Long.MIN_VALUE;

  /** Stays shut for so long at a time, so that something can be seen as late. */
  IdleGate(final long shutNs) {
    this.shutNs = shutNs;
  }

  /** Whether nothing is to be looked at now. */
  boolean isShut(final long nowNs) {
    return nowNs < openNs;
  }

  /** A look at some time found nothing. */
  void shut(final long nowNs) {
    openNs = nowNs + shutNs;
  }

  /** There is something to do. */
  void open() {
    openNs = Long.MIN_VALUE;
  }
}
