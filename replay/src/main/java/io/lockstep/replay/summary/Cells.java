package io.lockstep.replay.summary;

import io.lockstep.replay.event.Durations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Figures as a summary for people shows them. */
final class Cells {
  /** Stands for a figure of nothing. */
  static final String NO_SAMPLE = "-";

  private Cells() {}

  static String percent(final long part, final long whole) {
    return BigDecimal.valueOf(part)
            .movePointRight(2)
            .divide(BigDecimal.valueOf(Math.max(1, whole)), 2, RoundingMode.HALF_UP)
        + " %";
  }

  static String time(final Quantiles of, final long ns) {
    return of.count() == 0 ? NO_SAMPLE : Durations.rounded(ns);
  }

  static String count(final long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String rate(final BigDecimal perSecond) {
    return String.format(Locale.ROOT, "%,.1f/s", perSecond);
  }
}
