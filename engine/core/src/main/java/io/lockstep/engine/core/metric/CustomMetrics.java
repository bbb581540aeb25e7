package io.lockstep.engine.core.metric;

import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.MetricKind;

/**
 * The samples of one of the metrics that a plan declares, whatever their tags. Allocates nothing
 * after it was made.
 */
public final class CustomMetrics {
  private final MetricKind kind;
  private final Samples samples;

  /**
   * @param quantiles whether anybody will ask for them
   */
  CustomMetrics(final CustomMetric metric, final boolean quantiles) {
    kind = metric.kind();
    samples = new Samples(kind, quantiles && kind == MetricKind.TREND);
  }

  /** As {@link MetricsTracker#onCustom} says. */
  void record(final long value, final long atNs) {
    switch (kind) {
      case COUNTER -> samples.increase(value);
      case RATE -> samples.record(value != 0);
      case GAUGE -> samples.record(value, atNs);
      case TREND -> samples.record(value);
    }
  }

  /** How many samples there are. */
  public long count() {
    return samples.count();
  }

  /**
   * What they add up to, where there are any, in what they are kept in.
   *
   * @param percentile 0 to 100 for quantiles
   * @param spanNs that they cover
   */
  public double value(final Aggregation aggregation, final double percentile, final long spanNs) {
    return samples.value(aggregation, percentile, spanNs);
  }

  /** Adds another shard's. */
  void add(final CustomMetrics other) {
    samples.addShard(other.samples);
  }
}
