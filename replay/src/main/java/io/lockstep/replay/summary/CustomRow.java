package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.CustomMetrics;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.plan.metric.MetricUnit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A metric that the plan declares.
 *
 * @param name its own
 * @param kind what figures it has
 * @param figureByKey some of {@link #KEYS}, in their order: those of its kind that it has samples
 *     for
 */
public record CustomRow(String name, MetricKind kind, Map<String, BigDecimal> figureByKey) {
  /** Of all kinds. */
  static final List<String> KEYS =
      List.of("count", "rate", "value", "min", "avg", "med", "p90", "p95", "max");

  public CustomRow {
    figureByKey = Collections.unmodifiableMap(new LinkedHashMap<>(figureByKey));
  }

  /** In the plan's order. */
  static List<CustomRow> of(final Plan plan, final MetricsTracker metrics) {
    final List<CustomRow> rows = new ArrayList<>();
    for (final CustomMetric metric : plan.measures().custom()) {
      rows.add(of(metric, metrics.figures().custom(rows.size()), metrics.measuredNs()));
    }
    return rows;
  }

  private static CustomRow of(
      final CustomMetric metric, final CustomMetrics samples, final long spanNs) {
    final Map<String, BigDecimal> figures = new LinkedHashMap<>();
    for (final String key : KEYS) {
      final Aggregation aggregation = aggregation(key);
      if (metric.kind().aggregations().contains(aggregation)
          && (samples.count() > 0 || aggregation.grows(metric.kind()))) {
        final double value = samples.value(aggregation, percentile(key), spanNs);
        figures.put(key, Observed.decimal(isScaled(metric, aggregation), value));
      }
    }
    if (metric.kind() == MetricKind.RATE) {
      final Map<String, BigDecimal> counted = new LinkedHashMap<>();
      counted.put("count", BigDecimal.valueOf(samples.count()));
      counted.putAll(figures);
      return new CustomRow(metric.key(), metric.kind(), counted);
    }
    return new CustomRow(metric.key(), metric.kind(), figures);
  }

  private static boolean isScaled(final CustomMetric metric, final Aggregation aggregation) {
    return metric.unit() == MetricUnit.NUMBER
        && !(metric.kind() == MetricKind.TREND && aggregation == Aggregation.COUNT);
  }

  private static Aggregation aggregation(final String key) {
    return switch (key) {
      case "count" -> Aggregation.COUNT;
      case "rate" -> Aggregation.RATE;
      case "value" -> Aggregation.VALUE;
      case "min" -> Aggregation.MIN;
      case "avg" -> Aggregation.AVG;
      case "med" -> Aggregation.MED;
      case "max" -> Aggregation.MAX;
      default -> Aggregation.PERCENTILE;
    };
  }

  private static double percentile(final String key) {
    return switch (key) {
      case "p90" -> 90;
      case "p95" -> 95;
      default -> 50;
    };
  }

  /** For people. */
  String text(final String key) {
    final BigDecimal figure = figureByKey.get(key);
    if (figure == null) {
      return Cells.NO_SAMPLE;
    }
    if (!key.equals("rate")) {
      return Observed.number(figure);
    }
    return kind == MetricKind.RATE
        ? Observed.share(figure.doubleValue())
        : Observed.number(figure) + "/s";
  }
}
