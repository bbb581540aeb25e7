package io.lockstep.replay.summary;

import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;

/** How a setup or a teardown ended. */
public enum PhaseEnd {
  /** It went to its end. */
  COMPLETED("done"),
  /** It asked for the end of the test, or an operator did. */
  STOPPED("stopped"),
  /** One of its expressions came to no value. */
  FAILED("failed"),
  /** A check failed that ends the test. */
  CHECK_FAILED("ended by a failed check"),
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

  /**
   * Of a phase by its outcome and what its machine has counted. An iteration of which the end of
   * its time has cut off nothing but the last pause counts as completed; here the pause was wanted
   * too.
   */
  public static PhaseEnd of(
      final Plan plan, final RunOutcome outcome, final MetricsTracker metrics) {
    if (testEndedByCheck(plan, metrics)) {
      return CHECK_FAILED;
    }
    if (outcome != RunOutcome.COMPLETED) {
      return STOPPED;
    }
    if (metrics.counts().failedIterations() > 0) {
      return FAILED;
    }
    final ScenarioPlan once = plan.scenarios().get(0);
    final long deadlineNs = (once.startTick() + once.load().durationTicks()) * plan.tickNs();
    return metrics.counts().completedIterations() > 0 && metrics.endedNs() < deadlineNs
        ? COMPLETED
        : TIMED_OUT;
  }

  private static boolean testEndedByCheck(final Plan plan, final MetricsTracker metrics) {
    int check = 0;
    for (final RequestPlan request : plan.requests()) {
      for (final Check made : request.use().checks()) {
        if (made.onFailure() == Check.OnFailure.END_TEST
            && metrics.figures().check(check).failed() > 0) {
          return true;
        }
        check++;
      }
    }
    return false;
  }
}
