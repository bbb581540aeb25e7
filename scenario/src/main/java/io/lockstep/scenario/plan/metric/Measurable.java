package io.lockstep.scenario.plan.metric;

import java.util.List;

/** Something that has samples and a name, kind and unit. */
public sealed interface Measurable permits Metric, CustomMetric {
  /** Its name. */
  String key();

  /** How its samples add up. */
  MetricKind kind();

  /** What its samples count. */
  MetricUnit unit();

  /** The built-in tags that its samples have. */
  List<String> tags();

  /** Whether its samples have the tags that the user gives to requests and scenarios. */
  boolean hasUserTags();
}
