package io.lockstep.scenario.plan.metric;

import java.util.List;

/**
 * A metric that the plan declares.
 *
 * @param key its name, none of the built-in ones
 * @param kind how its samples add up
 * @param unit what its samples count
 */
public record CustomMetric(String key, MetricKind kind, MetricUnit unit) implements Measurable {
  private static final List<String> TAGS = List.of(Tag.SCENARIO);

  @Override
  public List<String> tags() {
    return TAGS;
  }

  @Override
  public boolean hasUserTags() {
    return true;
  }
}
