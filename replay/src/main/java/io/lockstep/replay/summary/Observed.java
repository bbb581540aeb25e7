package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.ThresholdResult;
import io.lockstep.replay.event.Durations;
import io.lockstep.scenario.metric.Aggregation;
import io.lockstep.scenario.metric.MetricKind;
import io.lockstep.scenario.metric.MetricUnit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** The value that a threshold was compared with, for programs and for people. */
final class Observed {
  static final String NO_SAMPLES = "no samples";

  /** Digits of a value for programs. */
  private static final MathContext PRECISE = new MathContext(9, RoundingMode.HALF_UP);

  /** Digits of a share for people. */
  private static final MathContext SHORT = new MathContext(4, RoundingMode.HALF_UP);

  private Observed() {}

  /** Nine digits; {@code null} without samples. */
  static BigDecimal decimal(final ThresholdResult result) {
    if (!result.sampled()) {
      return null;
    }
    final BigDecimal value = new BigDecimal(result.observed()).round(PRECISE);
    return value.signum() == 0 ? BigDecimal.ZERO : plain(value);
  }

  /** With its unit. */
  static String text(final ThresholdResult result) {
    final MetricKind kind = result.metric().kind();
    final Aggregation aggregation = result.threshold().expression().aggregation();
    final double value = result.observed();
    if (kind == MetricKind.RATE) {
      return share(value);
    }
    final String perSecond =
        kind == MetricKind.COUNTER && aggregation == Aggregation.RATE ? "/s" : "";
    if (kind == MetricKind.TREND && aggregation == Aggregation.COUNT) {
      return number(value);
    }
    return switch (result.metric().unit()) {
      case TIME -> Durations.rounded(Math.round(value));
      case BYTES -> Bytes.text(Math.round(value)) + perSecond;
      case NONE -> number(value) + perSecond;
    };
  }

  private static String share(final double value) {
    final BigDecimal percent = new BigDecimal(value).movePointRight(2).round(SHORT);
    return (percent.signum() == 0 ? "0" : plain(percent).toPlainString()) + " %";
  }

  private static String number(final double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%,.1f", value);
  }

  private static BigDecimal plain(final BigDecimal value) {
    final BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
