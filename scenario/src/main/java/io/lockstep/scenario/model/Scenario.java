package io.lockstep.scenario.model;

import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.metric.Tag;
import java.util.List;
import java.util.Optional;

/**
 * What one group of users does.
 *
 * @param name unique in the file
 * @param load who starts iterations, and when
 * @param think pause after each request, if any
 * @param tags of its iterations' samples and of its requests'
 * @param requests of the short form, in the order of the file; empty where {@code flow} has steps
 * @param flow the full form
 * @param timing when it runs and what slows it down
 * @param browsing what a VU does by itself
 */
public record Scenario(
    String name,
    LoadProfile load,
    Optional<Distribution> think,
    List<Tag> tags,
    List<Request> requests,
    Flow flow,
    ScenarioTiming timing,
    Browsing browsing) {
  public Scenario {
    tags = List.copyOf(tags);
    requests = List.copyOf(requests);
  }
}
