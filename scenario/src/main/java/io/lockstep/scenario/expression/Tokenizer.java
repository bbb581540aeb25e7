package io.lockstep.scenario.expression;

import io.lockstep.scenario.tree.ScalarNode;
import java.math.BigDecimal;
import java.util.List;

/** Cuts an expression into tokens. Ends at the end of the text, or before a brace. */
final class Tokenizer {
  /** The longest first. */
  private static final List<String> MARKS =
      List.of(
          "||", "&&", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(",
          ")", "[", "]", ",", ".");

  private static final int MAX_NUMBER = 40;

  private final String text;
  private final int limit;
  private final boolean inTemplate;
  private int at;

  /** Within a template the closing brace ends the expression. */
  Tokenizer(final String text, final int start, final int limit, final boolean inTemplate) {
    this.text = text;
    this.limit = limit;
    this.inTemplate = inTemplate;
    this.at = start;
  }

  Token next() throws ParseException {
    while (at < limit && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    final int start = at;
    if (at >= limit || (inTemplate && text.charAt(at) == '}')) {
      return new Token(Token.Kind.END, start, start, "", null);
    }
    final char c = text.charAt(at);
    if (isDigit(c) || (c == '.' && at + 1 < limit && isDigit(text.charAt(at + 1)))) {
      return number(start);
    }
    if (c == '"' || c == '\'') {
      return quoted(start, c);
    }
    if (isNameStart(c)) {
      return name(start);
    }
    for (final String mark : MARKS) {
      if (text.startsWith(mark, start) && start + mark.length() <= limit) {
        at += mark.length();
        return new Token(Token.Kind.MARK, start, at, mark, null);
      }
    }
    throw stray(start);
  }

  private ParseException stray(final int start) {
    final String shown = "`" + Character.toString(text.codePointAt(start)) + "`";
    return switch (text.charAt(start)) {
      case '=' -> new ParseException(start, "`=` is no operator", "to compare, write `==`");
      case '&' -> new ParseException(start, "`&` is no operator", "for \"and\", write `&&`");
      case '|' -> new ParseException(start, "`|` is no operator", "for \"or\", write `||`");
      case '$' ->
          new ParseException(start, "`$` does not belong in an expression", Words.joined(text));
      default -> new ParseException(start, shown + " does not belong in an expression");
    };
  }

  private Token name(final int start) {
    while (at < limit && isNamePart(text.charAt(at))) {
      at++;
    }
    return new Token(Token.Kind.NAME, start, at, text.substring(start, at), null);
  }

  private Token number(final int start) throws ParseException {
    boolean whole = true;
    digits();
    if (at < limit && text.charAt(at) == '.') {
      at++;
      whole = false;
      digits();
    }
    if (at < limit && (text.charAt(at) | 0x20) == 'e') {
      whole = false;
      exponent();
    }
    if (at < limit && isNamePart(text.charAt(at))) {
      final int unit = at;
      while (at < limit && isNamePart(text.charAt(at))) {
        at++;
      }
      throw new ParseException(
          unit,
          "a number cannot go on with `" + ScalarNode.shown(text.substring(unit, at)) + "`",
          "times are in milliseconds and sizes in bytes, without a unit");
    }
    return new Token(Token.Kind.NUMBER, start, at, "", value(start, whole));
  }

  private void exponent() {
    int exponent = at + 1;
    if (exponent < limit && "+-".indexOf(text.charAt(exponent)) >= 0) {
      exponent++;
    }
    if (exponent < limit && isDigit(text.charAt(exponent))) {
      at = exponent;
      digits();
    }
  }

  private void digits() {
    while (at < limit && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private Object value(final int start, final boolean whole) throws ParseException {
    final String digits = text.substring(start, at);
    if (digits.length() > MAX_NUMBER) {
      throw new ParseException(start, "a number has at most " + MAX_NUMBER + " characters");
    }
    if (whole) {
      final BigDecimal exact = new BigDecimal(digits);
      if (exact.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
        throw new ParseException(
            start, "the number does not fit 64 bits", "write " + digits + ".0");
      }
      return exact.longValueExact();
    }
    final double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      throw new ParseException(start, "the number is too large");
    }
    return value;
  }

  private Token quoted(final int start, final char quote) throws ParseException {
    final StringBuilder content = new StringBuilder();
    at++;
    while (at < limit && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\') {
        content.append(escape());
      } else {
        content.append(text.charAt(at++));
      }
    }
    if (at >= limit) {
      throw new ParseException(start, "nothing closes this text", "it ends with " + quote);
    }
    at++;
    return new Token(Token.Kind.TEXT, start, at, content.toString(), null);
  }

  private char escape() throws ParseException {
    final int start = at;
    final char c = start + 1 < limit ? text.charAt(start + 1) : 0;
    at = Math.min(limit, start + 2);
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '\\', '"', '\'', '/' -> c;
      case 'u' -> unicode(start);
      default ->
          throw new ParseException(
              start,
              "no such escape",
              "escapes are \\n \\r \\t \\\\ \\\" \\' and \\u with 4 digits");
    };
  }

  private char unicode(final int start) throws ParseException {
    if (at + 4 > limit) {
      throw new ParseException(start, "\\u needs 4 hexadecimal digits");
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      final int digit = hex(text.charAt(at++));
      if (digit < 0) {
        throw new ParseException(start, "\\u needs 4 hexadecimal digits");
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  private static int hex(final char c) {
    if (isDigit(c)) {
      return c - '0';
    }
    final int letter = c | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  private static boolean isDigit(final char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(final char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isNamePart(final char c) {
    return isNameStart(c) || isDigit(c);
  }
}
