package io.lockstep.engine.core.metric;

import java.util.Map;

/** What became of the starts, or of the stops, of a scenario's VUs. */
public final class OnceMetrics {
  long completed;
  long failed;
  long interrupted;
  final ReasonCounts reasons = new ReasonCounts();

  /** How many went to their end. */
  public long completed() {
    return completed;
  }

  /** How many ended since an expression came to no value. */
  public long failed() {
    return failed;
  }

  /** How many were cut off. */
  public long interrupted() {
    return interrupted;
  }

  /** Why they failed: how often by reason, in the order they came. */
  public Map<String, Long> reasons() {
    return reasons.byText();
  }

  void add(final OnceMetrics other) {
    completed += other.completed;
    failed += other.failed;
    interrupted += other.interrupted;
    reasons.add(other.reasons);
  }
}
