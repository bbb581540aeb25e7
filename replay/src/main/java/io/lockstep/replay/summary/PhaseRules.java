package io.lockstep.replay.summary;

import static io.lockstep.replay.summary.Validity.Grade.DEGRADED;
import static io.lockstep.replay.summary.Validity.Grade.INVALID;

import io.lockstep.replay.event.Durations;
import io.lockstep.replay.summary.Validity.Finding;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * How a setup or a teardown is judged that did not come to its end. A finding says too what went
 * wrong with its requests, since that may be why.
 */
final class PhaseRules {
  private static final int MOST_TROUBLES = 3;

  private PhaseRules() {}

  /**
   * What is to be said of a phase, if anything.
   *
   * @param plan of the load
   * @param began whether what came before the phase let the load begin
   */
  static Optional<Finding> judge(final PhaseRow phase, final Plan plan, final boolean began) {
    final boolean setup = phase.name().equals(Phases.SETUP);
    final String then = setup ? ", so the load did not begin" : "";
    return switch (phase.end()) {
      case FAILED ->
          !setup && !began && follows(phase, plan)
              ? Optional.empty()
              : failed(
                  phase,
                  "an expression of the "
                      + phase.name()
                      + " came to no value"
                      + then
                      + ": `lockstep inspect` says which and why");
      case CHECK_FAILED -> failed(phase, "a failed check ended the " + phase.name() + then);
      case TIMED_OUT ->
          failed(
              phase,
              "the "
                  + phase.name()
                  + " was not done after "
                  + Durations.rounded(phase.timeoutNs())
                  + then
                  + ": `"
                  + phase.name()
                  + "_timeout` gives it more time");
      case STOPPED ->
          setup
              ? Optional.of(
                  new Finding(
                      DEGRADED,
                      "setup_stopped",
                      "the setup was stopped" + then + troubles(phase.troubles())))
              : Optional.empty();
      case COMPLETED -> Optional.empty();
    };
  }

  private static Optional<Finding> failed(final PhaseRow phase, final String text) {
    return Optional.of(
        new Finding(
            phase.name().equals(Phases.SETUP) ? INVALID : DEGRADED,
            phase.name() + "_failed",
            text + troubles(phase.troubles())));
  }

  /** Whether it may have failed only since the setup did: it looks at what that should leave. */
  private static boolean follows(final PhaseRow teardown, final Plan plan) {
    final Plan phase = plan.phases().named(teardown.name());
    return phase != null && phase.logic().usesSetup();
  }

  private static String troubles(final List<String> troubles) {
    final int more = troubles.size() - MOST_TROUBLES;
    return troubles.isEmpty()
        ? ""
        : " ("
            + String.join(", ", troubles.subList(0, Math.min(MOST_TROUBLES, troubles.size())))
            + (more > 0 ? ", and " + more + " more requests" : "")
            + ")";
  }
}
