package io.lockstep.engine.core.metric;

/** How often a check passed and failed. */
public final class CheckMetrics {
  long passed;
  long failed;

  /** Times it passed. */
  public long passed() {
    return passed;
  }

  /** Times it failed. */
  public long failed() {
    return failed;
  }

  void add(final CheckMetrics other) {
    passed += other.passed;
    failed += other.failed;
  }
}
