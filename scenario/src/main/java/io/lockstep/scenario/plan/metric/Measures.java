package io.lockstep.scenario.plan.metric;

import java.util.List;
import java.util.Optional;

/**
 * What a plan measures beyond what every run does.
 *
 * @param thresholds in the order of the file
 * @param checks by index
 * @param groups by index
 * @param custom by index; their names differ from each other and from the built-in ones
 * @param scenarioTags of the user, by index of the scenario; shorter where the last ones have none
 * @param requestTags of the user and the group, by index of the request, its scenario's included;
 *     shorter where the last ones have none
 */
public record Measures(
    List<Threshold> thresholds,
    List<Check> checks,
    List<Group> groups,
    List<CustomMetric> custom,
    List<List<Tag>> scenarioTags,
    List<List<Tag>> requestTags) {
  /** Nothing more. */
  public static final Measures NONE =
      new Measures(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public Measures {
    thresholds = List.copyOf(thresholds);
    checks = List.copyOf(checks);
    groups = List.copyOf(groups);
    custom = List.copyOf(custom);
    scenarioTags = scenarioTags.stream().map(List::copyOf).toList();
    requestTags = requestTags.stream().map(List::copyOf).toList();
  }

  /** These thresholds alone. */
  public static Measures of(final List<Threshold> thresholds) {
    return new Measures(thresholds, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** The metric of a name, built-in or the plan's. */
  public Optional<Measurable> metric(final String key) {
    final Optional<Measurable> builtIn = Metric.named(key).map(metric -> metric);
    return builtIn.isPresent()
        ? builtIn
        : custom.stream().filter(metric -> metric.key().equals(key)).findFirst().map(m -> m);
  }

  /** The tags of a scenario's iterations. */
  public List<Tag> ofScenario(final int scenario) {
    return scenario < scenarioTags.size() ? scenarioTags.get(scenario) : List.of();
  }

  /** The tags of a request's samples. */
  public List<Tag> ofRequest(final int request) {
    return request < requestTags.size() ? requestTags.get(request) : List.of();
  }
}
