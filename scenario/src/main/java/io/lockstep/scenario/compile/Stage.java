package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Site;
import java.util.List;

/**
 * Where a plan stands in its run.
 *
 * @param phase name of the setup or the teardown; empty for the load
 * @param afterSetup whether a setup comes before it
 * @param setupValues names of the values that the setup leaves, by index
 */
record Stage(String phase, boolean afterSetup, List<String> setupValues) {
  Stage {
    setupValues = List.copyOf(setupValues);
  }

  /** What a phase knows of the others: the values that it may look at. */
  Phases phases() {
    return new Phases(null, null, setupValues);
  }

  boolean isPhase() {
    return !phase.isEmpty();
  }

  /** What the random streams of a scenario hang on. */
  long key(final String scenario) {
    return isPhase() ? Site.of(phase) : Site.of("scenario", scenario);
  }
}
