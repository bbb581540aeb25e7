package io.lockstep.replay.event;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Nanoseconds as people read them. */
public final class Durations {
  private static final String[] UNITS = {"ns", "us", "ms", "s"};
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final long TEN_SECONDS = 10_000_000_000L;

  private Durations() {}

  /** Every digit of it, in the largest unit that is not below one: {@code 1.204345ms}. */
  public static String exact(final long ns) {
    final int unit = unit(ns);
    return plain(BigDecimal.valueOf(ns, 3 * unit).stripTrailingZeros()) + UNITS[unit];
  }

  /** Three digits of it: {@code 1.20ms}, {@code 345us}, {@code 12.3s}, {@code 4321s}. */
  public static String rounded(final long ns) {
    if (ns == 0) {
      return "0";
    }
    BigDecimal value = BigDecimal.valueOf(ns).round(THREE_DIGITS);
    if (ns >= TEN_SECONDS) {
      value = BigDecimal.valueOf(ns).setScale(-8, RoundingMode.HALF_UP);
    }
    final int unit = unit(value.longValue());
    final BigDecimal scaled = value.movePointLeft(3 * unit);
    final int integers = scaled.precision() - scaled.scale();
    final int decimals = unit == 0 ? 0 : Math.max(ns >= TEN_SECONDS ? 1 : 0, 3 - integers);
    return plain(scaled.setScale(decimals, RoundingMode.HALF_UP)) + UNITS[unit];
  }

  private static int unit(final long ns) {
    long rest = Math.abs(ns);
    int unit = 0;
    while (rest >= 1000 && unit < UNITS.length - 1) {
      rest /= 1000;
      unit++;
    }
    return unit;
  }

  private static String plain(final BigDecimal value) {
    return (value.scale() < 0 ? value.setScale(0, RoundingMode.UNNECESSARY) : value)
        .toPlainString();
  }
}
