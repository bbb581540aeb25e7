package io.lockstep.engine.content.value;

import io.lockstep.engine.core.port.ValueSink;
import io.lockstep.scenario.plan.Extraction.ValueType;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Texts read as typed values. */
public final class Typed {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,100}");

  private Typed() {}

  /** A {@code String}, {@code Long}, {@code Double} or {@code Boolean}; {@code null} for none. */
  public static Object of(final String text, final ValueType type) {
    return switch (type) {
      case TEXT -> text;
      case INTEGER -> integer(text);
      case DECIMAL -> decimal(text);
      case BOOLEAN -> truth(text);
    };
  }

  private static Long integer(final String text) {
    if (!INTEGER.matcher(text).matches()) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (final NumberFormatException e) {
      return null; // more than 64 bits
    }
  }

  private static Double decimal(final String text) {
    final BigDecimal exact = Numbers.parse(text);
    final double value = exact == null ? Double.NaN : exact.doubleValue();
    return Double.isNaN(value) || Double.isInfinite(value) ? null : (Double) value;
  }

  @SuppressWarnings("NullableBooleanReturn") // null says that the text is neither
  private static Boolean truth(final String text) {
    if (text.equals("true")) {
      return Boolean.TRUE;
    }
    return text.equals("false") ? Boolean.FALSE : null;
  }

  /** Hands a value over. */
  public static void send(final Object value, final int ordinal, final ValueSink sink) {
    if (value instanceof String text) {
      sink.text(ordinal, text);
    } else if (value instanceof Long integer) {
      sink.integer(ordinal, integer);
    } else if (value instanceof Double decimal) {
      sink.decimal(ordinal, decimal);
    } else if (value instanceof Boolean truth) {
      sink.truth(ordinal, truth);
    } else {
      throw new IllegalArgumentException("not a value: " + value);
    }
  }
}
