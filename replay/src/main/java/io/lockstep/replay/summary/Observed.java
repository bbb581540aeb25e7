package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.ThresholdResult;
import io.lockstep.replay.event.Durations;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.MetricKind;
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

  /**
   * What the value counts: {@code ns}, {@code bytes}, {@code count}, the latter two also {@code
   * …_per_second}, or {@code share}.
   */
  static String unit(final ThresholdResult result) {
    final MetricKind kind = result.metric().kind();
    if (kind == MetricKind.RATE) {
      return "share";
    }
    if (kind == MetricKind.TREND && isCount(result)) {
      return "count";
    }
    final String unit =
        switch (result.metric().unit()) {
          case TIME -> "ns";
          case BYTES -> "bytes";
          case NONE -> "count";
        };
    return isPerSecond(result) ? unit + "_per_second" : unit;
  }

  private static boolean isCount(final ThresholdResult result) {
    return result.threshold().expression().aggregation() == Aggregation.COUNT;
  }

  private static boolean isPerSecond(final ThresholdResult result) {
    return result.metric().kind() == MetricKind.COUNTER
        && result.threshold().expression().aggregation() == Aggregation.RATE;
  }

  /** With its unit. */
  static String text(final ThresholdResult result) {
    final MetricKind kind = result.metric().kind();
    final double value = result.observed();
    if (kind == MetricKind.RATE) {
      return share(value);
    }
    final String perSecond = isPerSecond(result) ? "/s" : "";
    if (kind == MetricKind.TREND && isCount(result)) {
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
