package io.lockstep.replay.summary;

import org.HdrHistogram.AbstractHistogram;

/**
 * Points of a distribution of times, in nanoseconds to three digits, from the histogram itself and
 * never from other quantiles. All zero where {@code count} is.
 *
 * @param count of samples
 * @param p50 half are at most this
 * @param p90 90 % are
 * @param p95 95 % are
 * @param p99 99 % are
 * @param p999 99.9 % are
 * @param max all are
 */
public record Quantiles(long count, long p50, long p90, long p95, long p99, long p999, long max) {
  /** Of a histogram in nanoseconds. */
  public static Quantiles of(final AbstractHistogram histogram) {
    return histogram.getTotalCount() == 0
        ? new Quantiles(0, 0, 0, 0, 0, 0, 0)
        : new Quantiles(
            histogram.getTotalCount(),
            histogram.getValueAtPercentile(50.0),
            histogram.getValueAtPercentile(90.0),
            histogram.getValueAtPercentile(95.0),
            histogram.getValueAtPercentile(99.0),
            histogram.getValueAtPercentile(99.9),
            histogram.getMaxValue());
  }
}
