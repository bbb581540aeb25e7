package io.lockstep.replay.summary;

import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.metric.MetricsTracker;

/** How a setup or a teardown ended. */
public enum PhaseEnd {
  /** It went to its end. */
  COMPLETED("done"),
  /** It asked for the end of the test, or an operator did. */
  STOPPED("stopped"),
  /** One of its expressions came to no value. */
  FAILED("failed"),
  /** It was not done in its time. */
  TIMED_OUT("given up");

  private final String words;

  PhaseEnd(final String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** Of a phase by its outcome and what its machine has counted. */
  public static PhaseEnd of(final RunOutcome outcome, final MetricsTracker metrics) {
    if (outcome != RunOutcome.COMPLETED) {
      return STOPPED;
    }
    if (metrics.counts().completedIterations() > 0) {
      return COMPLETED;
    }
    return metrics.counts().failedIterations() > 0 ? FAILED : TIMED_OUT;
  }
}
