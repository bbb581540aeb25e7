package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.scenario.plan.Plan;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * Compares a recorded {@code latency.hlog} with a run's metrics: tags and histograms, count by
 * count, and not the bytes, which depend on the JDK's zlib.
 */
public final class HlogCheck {
  private HlogCheck() {}

  /** What differs, in words that follow the file's name; {@code null} if nothing does. */
  public static String difference(
      final byte[] recorded, final Plan plan, final MetricsTracker metrics) {
    final List<Histogram> expected = HlogWriter.histograms(plan, metrics);
    try (HistogramLogReader log = new HistogramLogReader(new ByteArrayInputStream(recorded))) {
      for (final Histogram histogram : expected) {
        if (!log.hasNext()) {
          return "has no histogram " + histogram.getTag();
        }
        final EncodableHistogram next = log.nextIntervalHistogram();
        if (next == null || !histogram.getTag().equals(next.getTag())) {
          return "has another histogram where " + histogram.getTag() + " is expected";
        }
        if (!histogram.equals(next)) {
          return "differs in the histogram " + histogram.getTag();
        }
      }
      return log.hasNext() ? "has more histograms than were replayed" : null;
    } catch (final IllegalArgumentException | IndexOutOfBoundsException e) {
      return "cannot be decoded: " + e.getMessage();
    }
  }
}
