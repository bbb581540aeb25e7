package io.lockstep.engine.content.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/** Numbers as texts. */
public final class Numbers {
  /** Bounded, so that no text costs more than its length. */
  private static final Pattern DECIMAL =
      Pattern.compile(
          "[-+]?(?:[0-9]{1,400}(?:\\.[0-9]{0,400})?|\\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,6})?");

  private static final int MOST_LONG_DIGITS = 18;
  private static final int MOST_DIGITS = 17;
  private static final int FEWEST_DIGITS = 15;

  private Numbers() {}

  /** The number that a text spells in decimal, or {@code null}. */
  public static BigDecimal parse(final String text) {
    if (isWhole(text)) {
      return BigDecimal.valueOf(Long.parseLong(text));
    }
    return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
  }

  /** Whether a text is digits alone, few enough for 64 bits: what most numbers are. */
  private static boolean isWhole(final String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > 0 && text.length() <= MOST_LONG_DIGITS;
  }

  /**
   * A double in 15 to 17 digits, the fewest that give it back. {@code Double.toString} is no
   * choice: JDK 19 changed it.
   */
  public static String text(final double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
      return "0";
    }
    final BigDecimal exact = new BigDecimal(value);
    for (int digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits++) {
      final BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return plain(rounded);
      }
    }
    return plain(exact.round(new MathContext(MOST_DIGITS)));
  }

  /** Without needless zeros; with an exponent only where it has many digits without one. */
  private static String plain(final BigDecimal number) {
    final BigDecimal stripped = number.stripTrailingZeros();
    final int exponent = stripped.precision() - stripped.scale();
    return exponent >= -6 && exponent <= 21 ? stripped.toPlainString() : stripped.toString();
  }
}
