package io.lockstep.scenario.plan.expression;

import java.util.List;

/** Values as text: as a template shows them, as a literal of the language, as JSON. */
public final class Texts {
  private static final String HEX = "0123456789abcdef";

  private Texts() {}

  /** Turns a value into its text in place; null is a failure, a list becomes JSON. */
  public static void toText(final Value value) {
    switch (value.kind()) {
      case NULL -> value.fail("the value is null: default(x, \"\") names another one for it");
      case BOOLEAN -> value.set(value.truth() ? "true" : "false");
      case LONG -> value.set(Long.toString(value.number()));
      case DOUBLE -> value.set(Numbers.text(value.decimal()));
      case LIST -> value.set(json(value.list()));
      case TEXT, FAILURE -> {
        // is as it should be
      }
    }
  }

  /** An item, of the types of {@link Value#item}, as the language spells it. */
  public static String literal(final Object item) {
    final StringBuilder out = new StringBuilder();
    write(item, true, out);
    return out.toString();
  }

  /** An item as JSON. */
  static String json(final Object item) {
    final StringBuilder out = new StringBuilder();
    write(item, false, out);
    return out.toString();
  }

  private static void write(final Object item, final boolean literal, final StringBuilder out) {
    if (item instanceof String text) {
      quote(text, out);
    } else if (item instanceof Double number) {
      final String text = Numbers.text(number);
      final boolean plain = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
      out.append(text).append(literal && plain ? ".0" : "");
    } else if (item instanceof List<?> list) {
      out.append('[');
      String separator = "";
      for (final Object each : list) {
        out.append(separator);
        write(each, literal, out);
        separator = literal ? ", " : ",";
      }
      out.append(']');
    } else {
      out.append(item);
    }
  }

  /** In double quotes, with JSON's escapes, which are the language's too. */
  private static void quote(final String text, final StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7F || (Character.isSurrogate(c) && isLone(text, i))) {
            escape(c, out);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isLone(final String text, final int at) {
    final char c = text.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
        : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static void escape(final char c, final StringBuilder out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 0xF));
    }
  }
}
