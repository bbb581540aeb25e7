package io.lockstep.scenario.metric;

import java.util.List;
import java.util.Locale;

/** How samples of a metric add up. */
public enum MetricKind {
  /** A sum that only grows. */
  COUNTER("a counter", List.of(Aggregation.COUNT, Aggregation.RATE)),
  /** A value that changes: the last one, the least and the largest. */
  GAUGE("a gauge", List.of(Aggregation.VALUE, Aggregation.MIN, Aggregation.MAX)),
  /** A share: how many of its samples are true. */
  RATE("a rate", List.of(Aggregation.RATE)),
  /** A distribution. */
  TREND(
      "a trend",
      List.of(
          Aggregation.AVG,
          Aggregation.MIN,
          Aggregation.MED,
          Aggregation.MAX,
          Aggregation.PERCENTILE,
          Aggregation.COUNT));

  private final String words;
  private final List<Aggregation> aggregations;

  MetricKind(final String words, final List<Aggregation> aggregations) {
    this.words = words;
    this.aggregations = aggregations;
  }

  /** With an article, for messages. */
  public String words() {
    return words;
  }

  /** The name in documents and JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a threshold can ask of it. */
  public List<Aggregation> aggregations() {
    return aggregations;
  }
}
