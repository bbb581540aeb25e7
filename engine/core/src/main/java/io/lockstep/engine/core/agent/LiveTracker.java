package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.metric.LiveTimes;
import io.lockstep.engine.core.metric.MetricsTracker;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What others may see of a running shard. The shard's thread publishes; one reader takes. Nothing
 * of it flows back.
 */
final class LiveTracker implements LiveTimes {
  private static final int ISSUED = 0;
  private static final int RESPONSES = 1;
  private static final int ERRORS = 2;
  private static final int DROPPED = 3;
  private static final int ACTIVE = 4;
  private static final int ITERATIONS = 5;
  private static final int ELAPSED_NS = 6;
  private static final int LENGTH = 7;

  /** Two digits are plenty for a line that changes each second, and stay in the cache. */
  private static final int DIGITS = 2;

  private static final long HIGHEST_NS = 3_600_000_000_000L;

  private final AtomicLongArray counts = new AtomicLongArray(LENGTH);
  private final SingleWriterRecorder service = new SingleWriterRecorder(HIGHEST_NS, DIGITS);
  private final SingleWriterRecorder response = new SingleWriterRecorder(HIGHEST_NS, DIGITS);
  private Histogram serviceInterval;
  private Histogram responseInterval;

  @Override
  public void onResponse(final long serviceNs, final long responseNs) {
    service.recordValue(Math.max(0, Math.min(serviceNs, HIGHEST_NS)));
    response.recordValue(Math.max(0, Math.min(responseNs, HIGHEST_NS)));
  }

  void publish(final MetricsTracker metrics, final long elapsedNs) {
    counts.lazySet(ISSUED, metrics.counts().issued());
    counts.lazySet(RESPONSES, metrics.counts().responses());
    counts.lazySet(ERRORS, metrics.counts().errors());
    counts.lazySet(DROPPED, metrics.counts().droppedArrivals());
    counts.lazySet(ACTIVE, metrics.counts().activeVus());
    counts.lazySet(
        ITERATIONS,
        metrics.counts().completedIterations()
            + metrics.counts().interruptedIterations()
            + metrics.counts().failedIterations());
    counts.lazySet(ELAPSED_NS, elapsedNs);
  }

  long issued() {
    return counts.get(ISSUED);
  }

  long responses() {
    return counts.get(RESPONSES);
  }

  long errors() {
    return counts.get(ERRORS);
  }

  long dropped() {
    return counts.get(DROPPED);
  }

  long active() {
    return counts.get(ACTIVE);
  }

  long iterations() {
    return counts.get(ITERATIONS);
  }

  long elapsedNs() {
    return counts.get(ELAPSED_NS);
  }

  /** Adds the service times since the last call. One reader. */
  void drainServiceTo(final Histogram sum) {
    serviceInterval = service.getIntervalHistogram(serviceInterval);
    sum.add(serviceInterval);
  }

  /** Adds the response times since the last call. One reader. */
  void drainResponseTo(final Histogram sum) {
    responseInterval = response.getIntervalHistogram(responseInterval);
    sum.add(responseInterval);
  }
}
