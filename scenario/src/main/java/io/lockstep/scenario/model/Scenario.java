package io.lockstep.scenario.model;

import io.lockstep.scenario.plan.Distribution;
import java.util.List;
import java.util.Optional;

/**
 * What one group of users does.
 *
 * @param name unique in the file
 * @param load who starts iterations, and when
 * @param think pause after each request, if any
 * @param requests of the short form, in the order of the file; empty where {@code flow} has steps
 * @param flow the full form
 * @param timing when it runs and what slows it down
 */
public record Scenario(
    String name,
    LoadProfile load,
    Optional<Distribution> think,
    List<Request> requests,
    Flow flow,
    ScenarioTiming timing) {
  public Scenario {
    requests = List.copyOf(requests);
  }
}
