package io.lockstep.replay.shard;

/** Unwinds the machine's stack once a difference is found; never leaves this package. */
final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Mismatch mismatch;

  DivergedException(final Mismatch mismatch) {
    super(mismatch.toString(), null, false, false);
    this.mismatch = mismatch;
  }

  Mismatch mismatch() {
    return mismatch;
  }
}
