package io.lockstep.engine.core.metric;

import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.MetricKind;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * What some samples of one metric add up to: sums and extremes exactly, quantiles to three digits.
 * Single writer; allocates nothing after it was made.
 */
final class Samples {
  private static final double NS_PER_SECOND = 1e9;

  /** Beyond this a sum is carried over, so that no run is too long for it. */
  private static final long CARRY = 1L << 62;

  /** Numbers at the start of what {@link #pack} gives. */
  private static final int PACKED = 8;

  private static final long UNTIMED = -1;

  private static final long[] NO_SAMPLES = {};

  private final MetricKind kind;
  private final Histogram histogram;
  private long count;
  private long sum;
  private long carries;
  private long least = Long.MAX_VALUE;
  private long largest = Long.MIN_VALUE;
  private long last;

  /** When a gauge that VUs set got {@link #last}, nanoseconds since run start. */
  private long lastNs = UNTIMED;

  /** What came of {@link #sum} after the load had ended. */
  private long late;

  /**
   * @param quantiles whether anybody asks for them: a histogram is a quarter of a megabyte
   */
  Samples(final MetricKind kind, final boolean quantiles) {
    this.kind = kind;
    histogram = quantiles ? RequestMetrics.histogram() : null;
  }

  /** A sample of a trend, which is not below 0, or the new value of a gauge. */
  void record(final long value) {
    final long kept = kind == MetricKind.TREND ? Math.max(0, value) : value;
    count++;
    last = kept;
    least = Math.min(least, kept);
    largest = Math.max(largest, kept);
    plus(kept);
    if (histogram != null) {
      histogram.recordValue(Math.min(kept, RequestMetrics.HIGHEST_NS));
    }
  }

  /**
   * The new value of a gauge that VUs set: of several of one moment the largest is the last, so
   * that it plays no part which VU came first, or in which shard it is.
   */
  void record(final long value, final long atNs) {
    final long before = last;
    record(value);
    last = later(before, lastNs, value, atNs);
    lastNs = Math.max(lastNs, atNs);
  }

  private static long later(
      final long one, final long oneNs, final long other, final long otherNs) {
    if (oneNs == otherNs) {
      return Math.max(one, other);
    }
    return oneNs > otherNs ? one : other;
  }

  /** More of a counter. */
  void increase(final long by) {
    count++;
    plus(by);
  }

  /** More of a counter after the load has ended, which is part of no rate per second. */
  void increaseLate(final long by) {
    increase(by);
    late += by;
  }

  /** A sample of a rate. */
  void record(final boolean value) {
    count++;
    sum += value ? 1 : 0;
  }

  /** Whether there is none; a counter that never counted is 0, which is a value. */
  boolean isEmpty() {
    return count == 0 && kind != MetricKind.COUNTER;
  }

  long count() {
    return count;
  }

  /** The value of a gauge now. */
  long last() {
    return last;
  }

  /** Has a gauge keep a value of before. */
  void keep(final Samples before) {
    if (before.lastNs == UNTIMED) {
      record(before.last);
    } else {
      record(before.last, before.lastNs);
    }
  }

  /**
   * What they add up to.
   *
   * @param spanNs that they cover
   */
  double value(final Aggregation aggregation, final double percentile, final long spanNs) {
    return switch (aggregation) {
      case COUNT -> kind == MetricKind.COUNTER ? sum() : count;
      case RATE -> kind == MetricKind.RATE ? sum() / count : perSecond(spanNs);
      case VALUE -> last;
      case AVG -> sum() / count;
      case MIN -> least;
      case MAX -> largest;
      case MED, PERCENTILE -> quantile(percentile);
    };
  }

  /** One beyond what a histogram holds is somewhere up to the largest sample, and taken for it. */
  private long quantile(final double percentile) {
    final long value = histogram.getValueAtPercentile(percentile);
    return value >= RequestMetrics.HIGHEST_NS ? largest : Math.max(least, Math.min(largest, value));
  }

  private double perSecond(final long spanNs) {
    return spanNs <= 0 ? 0 : (sum() - late) * NS_PER_SECOND / spanNs;
  }

  private double sum() {
    return carries * (double) CARRY + sum;
  }

  private void plus(final long value) {
    sum += value;
    if (sum >= CARRY) {
      sum -= CARRY;
      carries++;
    }
  }

  void reset() {
    count = 0;
    sum = 0;
    carries = 0;
    least = Long.MAX_VALUE;
    largest = Long.MIN_VALUE;
    last = 0;
    lastNs = UNTIMED;
    late = 0;
    if (histogram != null) {
      histogram.reset();
    }
  }

  /** Adds later ones of the same shard. */
  void addLater(final Samples later) {
    addSums(later);
    if (later.count > 0) {
      last = later.last;
      lastNs = later.lastNs;
      least = Math.min(least, later.least);
      largest = Math.max(largest, later.largest);
    }
  }

  /**
   * Adds another shard's: of a gauge the sum of both, but of one that VUs set the last of both, the
   * least and the largest.
   */
  void addShard(final Samples other) {
    addExtremes(other.count, other.least, other.largest, other.last, other.lastNs);
    addSums(other);
  }

  private void addExtremes(
      final long otherCount,
      final long otherLeast,
      final long otherLargest,
      final long otherLast,
      final long otherNs) {
    final boolean timed = lastNs != UNTIMED || otherNs != UNTIMED;
    last = timed ? later(last, lastNs, otherLast, otherNs) : last + otherLast;
    lastNs = Math.max(lastNs, otherNs);
    if (kind == MetricKind.GAUGE && !timed && count > 0 && otherCount > 0) {
      least += otherLeast;
      largest += otherLargest;
    } else {
      least = Math.min(least, otherLeast);
      largest = Math.max(largest, otherLargest);
    }
  }

  /**
   * All of them in one array, much smaller than a histogram: {@link #PACKED} numbers, then each
   * value of the histogram with its count.
   */
  long[] pack() {
    if (count == 0) {
      return NO_SAMPLES;
    }
    int values = 0;
    if (histogram != null) {
      for (final HistogramIterationValue ignored : histogram.recordedValues()) {
        values++;
      }
    }
    final long[] packed = new long[PACKED + 2 * values];
    packed[0] = count;
    packed[1] = sum;
    packed[2] = carries;
    packed[3] = least;
    packed[4] = largest;
    packed[5] = last;
    packed[6] = late;
    packed[7] = lastNs;
    int end = PACKED;
    if (histogram != null) {
      for (final HistogramIterationValue value : histogram.recordedValues()) {
        packed[end++] = value.getValueIteratedTo();
        packed[end++] = value.getCountAtValueIteratedTo();
      }
    }
    return packed;
  }

  /** Adds what another shard packed. */
  void addShard(final long[] packed) {
    if (packed.length == 0) {
      return;
    }
    addExtremes(packed[0], packed[3], packed[4], packed[5], packed[7]);
    count += packed[0];
    plus(packed[1]);
    carries += packed[2];
    late += packed[6];
    for (int i = PACKED; i < packed.length; i += 2) {
      histogram.recordValueWithCount(packed[i], packed[i + 1]);
    }
  }

  private void addSums(final Samples other) {
    count += other.count;
    plus(other.sum);
    carries += other.carries;
    late += other.late;
    if (histogram != null) {
      histogram.add(other.histogram);
    }
  }
}
