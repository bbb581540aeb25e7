package io.lockstep.scenario.plan.metric;

import java.util.List;
import java.util.Locale;

/** How samples of a metric add up. */
public enum MetricKind {
  /** A sum that only grows. */
  COUNTER("a counter"),
  /** A value that changes: the last one, the least and the largest. */
  GAUGE("a gauge"),
  /** A share: how many of its samples are true. */
  RATE("a rate"),
  /** A distribution. */
  TREND("a trend");

  private final String words;

  MetricKind(final String words) {
    this.words = words;
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
    return switch (this) {
      case COUNTER -> List.of(Aggregation.COUNT, Aggregation.RATE);
      case GAUGE -> List.of(Aggregation.VALUE, Aggregation.MIN, Aggregation.MAX);
      case RATE -> List.of(Aggregation.RATE);
      case TREND ->
          List.of(
              Aggregation.AVG,
              Aggregation.MIN,
              Aggregation.MED,
              Aggregation.MAX,
              Aggregation.PERCENTILE,
              Aggregation.COUNT);
    };
  }
}
