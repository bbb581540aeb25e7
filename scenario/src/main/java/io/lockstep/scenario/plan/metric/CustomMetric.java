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
  /** A sample of a {@link MetricUnit#NUMBER} is kept as so many times its value. */
  public static final int SCALE = 1_000;

  private static final List<String> TAGS = List.of(Tag.SCENARIO);

  /** A metric of this kind; its samples are numbers, or truths of a rate. */
  public static CustomMetric of(final String key, final MetricKind kind) {
    return new CustomMetric(
        key, kind, kind == MetricKind.RATE ? MetricUnit.NONE : MetricUnit.NUMBER);
  }

  @Override
  public List<String> tags() {
    return TAGS;
  }

  @Override
  public boolean hasUserTags() {
    return true;
  }
}
