package io.lockstep.scenario.model;

import io.lockstep.scenario.plan.Browsing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one VU does once, before all scenarios or after them.
 *
 * @param steps what it does; at least one
 * @param timeoutNs after which it is given up
 */
public record Phase(List<Step> steps, long timeoutNs) {
  public Phase {
    steps = List.copyOf(steps);
  }

  /** A scenario that does it: one iteration of one VU. */
  public Scenario asScenario(final String name) {
    return new Scenario(
        name,
        new LoadProfile.PerVuIterations(1, 1, OptionalLong.of(timeoutNs), 0),
        Optional.empty(),
        List.of(),
        List.of(),
        new Flow(List.of(), steps, List.of()),
        ScenarioTiming.PLAIN,
        Browsing.NONE);
  }
}
