package io.lockstep.app.run;

import java.util.function.LongSupplier;

/**
 * When a part of a run starts, found out by whoever asks first and the same ever after. Any thread.
 */
final class StartMoment implements LongSupplier {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final LongSupplier source;
  private volatile long startNs = UNKNOWN;

  /**
   * @param source asked once
   */
  StartMoment(final LongSupplier source) {
    this.source = source;
  }

  @Override
  public long getAsLong() {
    final long known = startNs;
    return known == UNKNOWN ? ask() : known;
  }

  private synchronized long ask() {
    if (startNs == UNKNOWN) {
      startNs = source.getAsLong();
    }
    return startNs;
  }
}
