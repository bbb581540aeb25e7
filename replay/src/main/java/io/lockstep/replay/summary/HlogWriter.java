package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.RequestMetrics;
import io.lockstep.replay.event.EventNames;
import io.lockstep.scenario.plan.Plan;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The histograms of a run in the format that HdrHistogram's tools read: one line per request and
 * kind of time, all over the whole run, tagged {@code <request>:service} and {@code
 * <request>:response}, and one tagged {@code lateness}. Values are nanoseconds, the maximum in the
 * third column milliseconds. A function of the metrics alone: no wall clock. (The compressed
 * payload is the JDK's deflate, so the bytes may change with its zlib; the histograms in them do
 * not.)
 */
public final class HlogWriter {
  private static final double NS_PER_MS = 1_000_000.0;
  private static final double NS_PER_SECOND = 1_000_000_000.0;

  private HlogWriter() {}

  /** The content of {@code latency.hlog}. */
  public static byte[] bytes(final Plan plan, final MetricsTracker metrics) {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final HistogramLogWriter log = new HistogramLogWriter(bytes);
    log.outputLogFormatVersion();
    log.outputComment("[Times in nanoseconds since the start of the run]");
    log.outputLegend();
    final double seconds = metrics.endedNs() / NS_PER_SECOND;
    for (final Histogram histogram : histograms(plan, metrics)) {
      log.outputIntervalHistogram(0.0, seconds, histogram, NS_PER_MS);
    }
    log.close();
    return bytes.toByteArray();
  }

  /** All of them with their tags, in the order of the file. */
  static List<Histogram> histograms(final Plan plan, final MetricsTracker metrics) {
    final List<Histogram> all = new ArrayList<>();
    for (int i = 0; i < metrics.figures().requestCount(); i++) {
      final RequestMetrics request = metrics.figures().request(i);
      final String name = tag(EventNames.requestName(plan, i));
      all.add(tagged(name + ":service", request.service()));
      all.add(tagged(name + ":response", request.response()));
    }
    all.add(tagged("lateness", metrics.figures().lateness()));
    return all;
  }

  private static Histogram tagged(final String tag, final Histogram histogram) {
    final Histogram tagged = histogram.copy();
    tagged.setTag(tag);
    return tagged;
  }

  /** The format forbids commas, spaces and line breaks in tags. */
  private static String tag(final String name) {
    final StringBuilder tag = new StringBuilder(name.length());
    name.codePoints()
        .forEach(
            c -> {
              if (c == ',' || Character.isWhitespace(c) || Character.isISOControl(c)) {
                tag.append('_');
              } else {
                tag.appendCodePoint(c);
              }
            });
    return tag.toString();
  }
}
