package io.lockstep.scenario.plan.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as text and back, the same on every JDK: {@link Double#toString} is not (it changed in
 * JDK 19), so digits come from exact decimals.
 */
final class Numbers {
  private static final int MAX_LENGTH = 400;
  private static final int LONG_DIGITS = 18;
  private static final double WHOLE = 0x1.0p53;
  private static final int[] PRECISIONS = {15, 16, 17};
  private static final int PLAIN_ABOVE = -7;
  private static final int PLAIN_BELOW = 21;

  private Numbers() {}

  /** Reads a decimal number; {@code false}, and nothing set, where the text is none. */
  static boolean parse(final String text, final Value into) {
    final int length = text.length();
    if (length == 0 || length > MAX_LENGTH) {
      return false;
    }
    final int first = text.charAt(0) == '-' ? 1 : 0;
    int at = digits(text, first);
    if (at == first) {
      return false;
    }
    if (at == length && at - first <= LONG_DIGITS) {
      into.set(small(text, first));
      return true;
    }
    final boolean whole = at == length;
    if (at < length && text.charAt(at) == '.') {
      final int end = digits(text, at + 1);
      if (end == at + 1) {
        return false;
      }
      at = end;
    }
    if (at < length && (text.charAt(at) | 0x20) == 'e') {
      int start = at + 1;
      if (start < length && (text.charAt(start) == '-' || text.charAt(start) == '+')) {
        start++;
      }
      at = digits(text, start);
      if (at == start) {
        return false;
      }
    }
    return at == length && large(text, whole, into);
  }

  private static int digits(final String text, final int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static long small(final String text, final int first) {
    long value = 0;
    for (int i = first; i < text.length(); i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return first == 0 ? value : -value;
  }

  private static boolean large(final String text, final boolean whole, final Value into) {
    final double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      return false;
    }
    if (whole) {
      final BigDecimal exact = new BigDecimal(text);
      if (exact.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
          && exact.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
        into.set(exact.longValueExact());
        return true;
      }
    }
    into.set(value);
    return true;
  }

  /**
   * The fewest of 15, 16 or 17 digits that read back as the same double; without a point where it
   * is whole, with an exponent below 1e-6 and from 1e21 on.
   */
  static String text(final double value) {
    if (value == Math.rint(value) && Math.abs(value) < WHOLE) {
      return Long.toString((long) value);
    }
    final BigDecimal digits = shortest(value).stripTrailingZeros();
    final int exponent = digits.precision() - digits.scale() - 1;
    if (exponent > PLAIN_ABOVE && exponent < PLAIN_BELOW) {
      return digits.toPlainString();
    }
    final String unscaled = digits.unscaledValue().abs().toString();
    return (value < 0 ? "-" : "")
        + unscaled.charAt(0)
        + (unscaled.length() > 1 ? "." + unscaled.substring(1) : "")
        + "e"
        + exponent;
  }

  private static BigDecimal shortest(final double value) {
    final BigDecimal exact = new BigDecimal(value);
    for (final int precision : PRECISIONS) {
      final BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded;
      }
    }
    throw new IllegalStateException("17 digits tell any double, not " + exact);
  }

  /** Exact order of a whole number and a double. */
  static int compare(final long whole, final double decimal) {
    if (decimal >= 0x1.0p63) {
      return -1;
    }
    if (decimal < -0x1.0p63) {
      return 1;
    }
    final long floor = (long) decimal;
    return whole != floor ? Long.compare(whole, floor) : Double.compare(0.0, decimal - floor + 0.0);
  }
}
