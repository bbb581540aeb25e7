package io.lockstep.scenario.plan.metric;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Some of a metric's samples: those that have all these tags.
 *
 * @param metric its name
 * @param tags none for all samples; no name twice
 */
public record Selector(String metric, List<Tag> tags) {
  public Selector {
    tags = List.copyOf(tags);
  }

  /** As a file spells it: {@code http_req_duration{request:home}}. */
  @Override
  public String toString() {
    return tags.isEmpty()
        ? metric
        : metric + tags.stream().map(Tag::toString).collect(Collectors.joining(",", "{", "}"));
  }
}
