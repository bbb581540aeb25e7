package io.lockstep.scenario.plan.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The functions that need nothing but their arguments. The first argument's register takes the
 * result; arguments that are no value become a failure, never an exception.
 */
public final class PureFunctions {
  private PureFunctions() {}

  /**
   * Calls a function.
   *
   * @param stack holds the arguments from {@code base} on
   * @param pattern of {@code matches}; {@code null} for others
   */
  public static void call(
      final Function function,
      final Value[] stack,
      final int base,
      final int count,
      final TextPattern pattern) {
    final Value x = stack[base];
    switch (function) {
      case LEN -> length(x);
      case DEFAULT -> {
        if (x.isNull()) {
          x.copy(stack[base + 1]);
        }
      }
      case NUMBER_OF, FLOOR, ROUND -> number(function, x);
      case MIN, MAX -> extreme(function, x, stack[base + 1]);
      case RANGE -> range(x);
      case CONTAINS -> contains(x, stack[base + 1]);
      case JOIN -> join(x, stack[base + 1]);
      case SUBSTRING -> substring(stack, base, count);
      case JSON_TEXT -> x.set(Texts.json(x.item()));
      case MATCHES -> {
        if (texts(stack, base, 1)) {
          x.set(pattern.isIn(x.text()));
        }
      }
      default -> {
        if (texts(stack, base, count)) {
          text(function, stack, base, count);
        }
      }
    }
  }

  /**
   * What a query finds in a value, which takes the result; null in null.
   *
   * @param query {@code null} where none can be made here
   */
  public static void find(final Value x, final TextQuery query) {
    if (x.isNull()) {
      return;
    }
    Texts.toText(x);
    if (x.isFailure()) {
      return;
    }
    if (query == null) {
      x.fail("nothing here can follow a JSONPath");
    } else {
      x.setItem(query.find(x.text()));
    }
  }

  /** Whether a pattern without a fault is found in a value, which takes the result. */
  public static void matches(final Value x, final String pattern) {
    call(Function.MATCHES, new Value[] {x}, 0, 1, TextPattern.of(pattern));
  }

  /** Those whose arguments are all texts. */
  private static void text(
      final Function function, final Value[] stack, final int base, final int count) {
    final Value x = stack[base];
    switch (function) {
      case BASE64_DECODE -> Codings.base64Decode(x);
      case URL_DECODE -> Codings.urlDecode(x);
      case STARTS_WITH -> x.set(x.text().startsWith(stack[base + 1].text()));
      case ENDS_WITH -> x.set(x.text().endsWith(stack[base + 1].text()));
      case REPLACE -> replace(x, stack[base + 1].text(), stack[base + 2].text());
      case SPLIT -> split(x, stack[base + 1].text());
      default -> x.set(Codings.encode(function, stack, base, count));
    }
  }

  /**
   * Calls a function of the trait {@link Function.Trait#SECRET} on arguments of which one is a
   * secret. Only what is no secret can make it fail: the result has no bound of its own.
   */
  public static void callOnSecret(
      final Function function, final Value[] stack, final int base, final int count) {
    final Value x = stack[base];
    if (function == Function.JSON_TEXT) {
      x.setUnbounded(Texts.json(x.text()));
    } else if (texts(stack, base, count)) {
      x.setUnbounded(Codings.encode(function, stack, base, count));
    }
  }

  /** Turns arguments into texts; a failure of one becomes the result. */
  private static boolean texts(final Value[] stack, final int base, final int count) {
    for (int i = base; i < base + count; i++) {
      Texts.toText(stack[i]);
      if (stack[i].isFailure()) {
        stack[base].copy(stack[i]);
        return false;
      }
    }
    return true;
  }

  private static void length(final Value x) {
    if (x.kind() == Kind.LIST) {
      x.set((long) x.list().size());
      return;
    }
    Texts.toText(x);
    if (!x.isFailure()) {
      x.set((long) x.text().codePointCount(0, x.text().length()));
    }
  }

  private static void number(final Function function, final Value x) {
    if (!Operators.toNumber(x)) {
      x.fail(function.functionName() + "() takes a number, not " + Operators.described(x));
    } else if (function != Function.NUMBER_OF && x.kind() == Kind.DOUBLE) {
      final double shifted = function == Function.ROUND ? x.decimal() + 0.5 : x.decimal();
      final double whole = Math.floor(shifted);
      if (whole >= -0x1.0p63 && whole < 0x1.0p63) {
        x.set((long) whole);
      } else {
        x.fail("the result does not fit a whole number of 64 bits");
      }
    }
  }

  private static void range(final Value x) {
    if (!Operators.toNumber(x) || x.kind() != Kind.LONG) {
      x.fail("range() takes a whole number, not " + Operators.described(x));
    } else if (x.number() < 0 || x.number() > ExpressionLimits.MAX_LIST) {
      x.fail(
          "range() takes a number from 0 to "
              + ExpressionLimits.MAX_LIST
              + ", not "
              + Operators.described(x));
    } else {
      x.set(LongStream.range(0, x.number()).<Object>mapToObj(Long::valueOf).toList());
    }
  }

  private static void extreme(final Function function, final Value x, final Value y) {
    if (!Operators.toNumber(x) || !Operators.toNumber(y)) {
      x.fail(
          function.functionName()
              + "() takes numbers, not "
              + Operators.described(x.isNumber() ? y : x));
      return;
    }
    final int order = Comparisons.compareNumbers(x, y);
    if (function == Function.MIN ? order > 0 : order < 0) {
      x.copy(y);
    }
  }

  private static void contains(final Value x, final Value part) {
    if (x.isNull()) {
      x.set(false);
    } else if (x.kind() == Kind.LIST) {
      final List<?> items = x.list();
      final Value item = new Value();
      final Value wanted = new Value();
      boolean found = false;
      for (int i = 0; i < items.size() && !found; i++) {
        item.setItem(items.get(i));
        wanted.copy(part);
        found = Comparisons.same(item, wanted);
      }
      x.set(found);
    } else {
      Texts.toText(x);
      Texts.toText(part);
      if (part.isFailure()) {
        x.copy(part);
      } else {
        x.set(x.text().contains(part.text()));
      }
    }
  }

  private static void join(final Value x, final Value separator) {
    Texts.toText(separator);
    if (x.kind() != Kind.LIST || separator.isFailure()) {
      x.fail("join() takes a list and a text, not " + Operators.described(x));
      return;
    }
    final StringBuilder out = new StringBuilder();
    final Value item = new Value();
    String between = "";
    for (final Object each : x.list()) {
      item.setItem(each);
      if (!item.isNull()) {
        Texts.toText(item);
        out.append(between).append(item.text());
        between = separator.text();
      }
      if (out.length() > ExpressionLimits.MAX_TEXT) {
        break; // more than fits: setting it says so
      }
    }
    x.set(out.toString());
  }

  /** By code points; a negative place counts from the end, places beyond an end are the end. */
  private static void substring(final Value[] stack, final int base, final int count) {
    final Value x = stack[base];
    if (!texts(stack, base, 1)) {
      return;
    }
    for (int i = base + 1; i < base + count; i++) {
      if (!Operators.toNumber(stack[i]) || stack[i].kind() != Kind.LONG) {
        x.fail("substring() takes whole numbers as places, not " + Operators.described(stack[i]));
        return;
      }
    }
    final String text = x.text();
    final int length = text.codePointCount(0, text.length());
    final int from = place(stack[base + 1].number(), length);
    final int to = count == 3 ? place(stack[base + 2].number(), length) : length;
    if (from >= to) {
      x.set("");
    } else {
      final int start = text.offsetByCodePoints(0, from);
      x.set(text.substring(start, text.offsetByCodePoints(start, to - from)));
    }
  }

  private static int place(final long given, final int length) {
    final long counted = given < 0 ? length + given : given;
    return (int) Math.max(0, Math.min(length, counted));
  }

  private static void replace(final Value x, final String old, final String replacement) {
    if (old.isEmpty()) {
      x.fail("replace() cannot look for an empty text");
      return;
    }
    final String text = x.text();
    final StringBuilder out = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, from)) {
      out.append(text, from, at).append(replacement);
      from = at + old.length();
      if (out.length() > ExpressionLimits.MAX_TEXT) {
        break; // more than fits: setting it says so
      }
    }
    x.set(from == 0 ? text : out.append(text, from, text.length()).toString());
  }

  private static void split(final Value x, final String separator) {
    if (separator.isEmpty()) {
      x.fail("split() cannot look for an empty text");
      return;
    }
    final String text = x.text();
    final List<Object> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
      if (parts.size() > ExpressionLimits.MAX_LIST) {
        break; // more than fits: setting it says so
      }
    }
    parts.add(text.substring(from));
    x.set(parts);
  }
}
