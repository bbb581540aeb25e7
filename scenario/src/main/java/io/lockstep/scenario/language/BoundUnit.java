package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.Measurable;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.plan.metric.MetricUnit;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which units the number of a threshold can have, by what it is compared with. */
enum BoundUnit {
  /** A time; milliseconds where there is no unit. */
  TIME,
  /** A number of things. */
  COUNT,
  /** Things per second. */
  COUNT_PER_SECOND,
  /** Any number. */
  NUMBER,
  /** A number per second. */
  NUMBER_PER_SECOND,
  /** Bytes. */
  BYTES,
  /** Bytes per second. */
  BYTES_PER_SECOND,
  /** A share, from 0 to 1 or in percent. */
  SHARE;

  private Map<String, BigDecimal> factorByUnit() {
    return switch (this) {
      case TIME -> times();
      case COUNT -> plain();
      case COUNT_PER_SECOND -> perSecond(plain());
      case NUMBER -> numbers();
      case NUMBER_PER_SECOND -> perSecond(numbers());
      case BYTES -> sizes();
      case BYTES_PER_SECOND -> perSecond(sizes());
      case SHARE -> shares();
    };
  }

  /** Units of what an aggregation makes of a metric's samples. */
  static BoundUnit of(final Measurable metric, final Aggregation aggregation) {
    if (metric.kind() == MetricKind.RATE) {
      return SHARE;
    }
    final boolean counted = metric.kind() == MetricKind.TREND && aggregation == Aggregation.COUNT;
    if (metric.unit() == MetricUnit.NUMBER && !counted) {
      return metric.kind() == MetricKind.COUNTER && aggregation == Aggregation.RATE
          ? NUMBER_PER_SECOND
          : NUMBER;
    }
    final boolean bytes = metric.unit() == MetricUnit.BYTES;
    if (metric.kind() == MetricKind.COUNTER) {
      return aggregation == Aggregation.RATE
          ? bytes ? BYTES_PER_SECOND : COUNT_PER_SECOND
          : bytes ? BYTES : COUNT;
    }
    if (aggregation == Aggregation.COUNT || metric.unit() == MetricUnit.NONE) {
      return COUNT;
    }
    return bytes ? BYTES : TIME;
  }

  boolean has(final String unit) {
    return factorByUnit().containsKey(unit);
  }

  /** All of them, for messages; what no unit means comes first. */
  String names() {
    final StringBuilder names = new StringBuilder("units:");
    factorByUnit()
        .keySet()
        .forEach(unit -> names.append(' ').append(unit.isEmpty() ? "none" : unit));
    return names.toString();
  }

  /** The number in nanoseconds, bytes, things, thousandths or as a share. */
  double bound(final BigDecimal number, final String unit) {
    return number.multiply(factorByUnit().get(unit)).doubleValue();
  }

  private static Map<String, BigDecimal> plain() {
    return units("", "1");
  }

  private static Map<String, BigDecimal> numbers() {
    return units("", Integer.toString(CustomMetric.SCALE));
  }

  private static Map<String, BigDecimal> shares() {
    return units("", "1", "%", "0.01");
  }

  private static Map<String, BigDecimal> times() {
    return units(
        "",
        "1000000",
        "ns",
        "1",
        "us",
        "1000",
        "ms",
        "1000000",
        "s",
        "1000000000",
        "m",
        "60000000000",
        "h",
        "3600000000000");
  }

  private static Map<String, BigDecimal> sizes() {
    return units(
        "",
        "1",
        "B",
        "1",
        "kB",
        "1000",
        "KiB",
        "1024",
        "MB",
        "1000000",
        "MiB",
        "1048576",
        "GB",
        "1000000000",
        "GiB",
        "1073741824");
  }

  private static Map<String, BigDecimal> perSecond(final Map<String, BigDecimal> units) {
    final Map<String, BigDecimal> both = new LinkedHashMap<>(units);
    units.forEach((unit, factor) -> both.put(unit + "/s", factor));
    return both;
  }

  private static Map<String, BigDecimal> units(final String... pairs) {
    final Map<String, BigDecimal> units = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      units.put(pairs[i], new BigDecimal(pairs[i + 1]));
    }
    return units;
  }
}
