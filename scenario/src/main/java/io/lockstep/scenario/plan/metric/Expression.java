package io.lockstep.scenario.plan.metric;

/**
 * What a threshold asks of a metric.
 *
 * @param aggregation of the samples
 * @param percentile 0 to 100 for {@link Aggregation#PERCENTILE}, 50 for the median, else 0
 * @param comparison with the bound
 * @param bound nanoseconds, bytes, things, or a share from 0 to 1
 * @param text as the file spells it
 */
public record Expression(
    Aggregation aggregation, double percentile, Comparison comparison, double bound, String text) {
  /** Whether a value keeps it. */
  public boolean holds(final double value) {
    return comparison.holds(value, bound);
  }
}
