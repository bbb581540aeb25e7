package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.ThresholdResult;
import io.lockstep.replay.event.Durations;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.plan.metric.MetricUnit;
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
    return decimal(isScaled(result), result.observed());
  }

  /**
   * Nine digits of a value.
   *
   * @param scaled whether it is kept in parts of {@link CustomMetric#SCALE}
   */
  static BigDecimal decimal(final boolean scaled, final double kept) {
    final BigDecimal whole = new BigDecimal(kept);
    final BigDecimal value =
        (scaled ? whole.divide(BigDecimal.valueOf(CustomMetric.SCALE)) : whole).round(PRECISE);
    return value.signum() == 0 ? BigDecimal.ZERO : plain(value);
  }

  private static boolean isScaled(final ThresholdResult result) {
    return result.metric().unit() == MetricUnit.NUMBER
        && !(result.metric().kind() == MetricKind.TREND && isCount(result));
  }

  /** At most three digits behind the point. */
  static String number(final BigDecimal value) {
    final BigDecimal rounded =
        plain(value.setScale(Math.min(3, Math.max(0, value.scale())), RoundingMode.HALF_UP));
    return String.format(Locale.ROOT, "%,." + rounded.scale() + "f", rounded);
  }

  /**
   * What the value counts: {@code ns}, {@code bytes}, {@code count}, {@code number}, the latter
   * three also {@code …_per_second}, or {@code share}.
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
          case NUMBER -> "number";
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
      case NUMBER -> number(decimal(true, value)) + perSecond;
      case NONE -> number(value) + perSecond;
    };
  }

  static String share(final double value) {
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
