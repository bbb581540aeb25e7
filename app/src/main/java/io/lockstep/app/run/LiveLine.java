package io.lockstep.app.run;

import io.lockstep.engine.core.agent.LiveCapacity;
import io.lockstep.engine.core.agent.LiveMetrics;
import io.lockstep.engine.core.metric.CapacityVerdict;
import io.lockstep.replay.event.Durations;
import io.lockstep.replay.summary.CapacityText;
import java.util.Locale;

/**
 * The one line that shows how a run goes. Keeps the last reading, since rates are differences; one
 * thread.
 */
final class LiveLine {
  private static final double NS_PER_S = 1e9;
  private static final long NS_PER_SECOND = 1_000_000_000L;
  private static final int S_PER_MINUTE = 60;
  private static final int S_PER_HOUR = 3600;
  private static final long NULL_TIME = -1;

  private final LiveWaits waits;
  private long lastElapsedNs;
  private long lastResponses;
  private double rate;

  LiveLine(final LiveWaits waits) {
    this.waits = waits;
  }

  /** The line for a reading. */
  String render(final LiveMetrics now) {
    if (now.elapsedNs() > lastElapsedNs) {
      rate = (now.responses() - lastResponses) * NS_PER_S / (now.elapsedNs() - lastElapsedNs);
      lastElapsedNs = now.elapsedNs();
      lastResponses = now.responses();
    }
    final StringBuilder line = new StringBuilder(100);
    line.append(time(now.elapsedNs()));
    if (now.totalNs() >= 0) {
      line.append('/').append(time(now.totalNs()));
    } else {
      line.append(String.format(Locale.ROOT, " (%d%%)", Math.round(now.progress() * 100)));
    }
    line.append(String.format(Locale.ROOT, "  %,d VUs  %,.0f/s", now.activeVus(), rate));
    line.append("  p99 ").append(latency(now.serviceP99Ns())).append(" service ");
    line.append(latency(now.responseP99Ns())).append(" response");
    line.append(String.format(Locale.ROOT, "  %,d errors", now.errors()));
    if (now.dropped() > 0) {
      line.append(String.format(Locale.ROOT, "  %,d dropped", now.dropped()));
    }
    if (now.capacity() != null) {
      final LiveCapacity step = now.capacity();
      line.append("  ").append(step.scenario()).append(' ');
      line.append(CapacityText.rate(step.rate(), step.periodNs()));
      line.append(step.verdict() == CapacityVerdict.HELD ? " held" : " did not hold");
    }
    return line.append(waits.text(now.elapsedNs())).toString();
  }

  /** Whole seconds: {@code 7s}, {@code 1:07}, {@code 1:00:07}. */
  static String time(final long ns) {
    final long s = ns / NS_PER_SECOND;
    if (s < S_PER_MINUTE) {
      return s + "s";
    }
    return s < S_PER_HOUR
        ? String.format(Locale.ROOT, "%d:%02d", s / S_PER_MINUTE, s % S_PER_MINUTE)
        : String.format(
            Locale.ROOT,
            "%d:%02d:%02d",
            s / S_PER_HOUR,
            s / S_PER_MINUTE % S_PER_MINUTE,
            s % S_PER_MINUTE);
  }

  private static String latency(final long ns) {
    return ns == NULL_TIME ? "-" : Durations.rounded(ns);
  }
}
