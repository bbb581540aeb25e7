package io.lockstep.scenario.plan.expression;

import java.util.List;

/**
 * What the operators that compare do, on registers: the left one takes the result. Numbers and
 * booleans allocate nothing unless they fail.
 */
public final class Comparisons {
  private Comparisons() {}

  /**
   * Whether both are the same. A text equals the number or boolean that it spells; otherwise values
   * of different kinds differ.
   */
  public static boolean same(final Value a, final Value b) {
    if (a.kind() == Kind.LONG && b.kind() == Kind.LONG) {
      return a.number() == b.number();
    }
    if (a.kind() == Kind.TEXT && b.kind() == Kind.TEXT) {
      return a.text().equals(b.text());
    }
    if (a.kind() == Kind.BOOLEAN && b.kind() == Kind.BOOLEAN) {
      return a.truth() == b.truth();
    }
    if (a.kind() == Kind.BOOLEAN && b.kind() == Kind.TEXT) {
      return b.text().equals(a.truth() ? "true" : "false");
    }
    if (a.kind() == Kind.TEXT && b.kind() == Kind.BOOLEAN) {
      return a.text().equals(b.truth() ? "true" : "false");
    }
    if (a.kind() == Kind.LIST && b.kind() == Kind.LIST) {
      return sameItems(a.list(), b.list());
    }
    if (a.isNumber() || b.isNumber()) {
      return Operators.toNumber(a) && Operators.toNumber(b) && compareNumbers(a, b) == 0;
    }
    return a.isNull() && b.isNull();
  }

  private static boolean sameItems(final List<?> left, final List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    final Value a = new Value();
    final Value b = new Value();
    for (int i = 0; i < left.size(); i++) {
      a.setItem(left.get(i));
      b.setItem(right.get(i));
      if (!same(a, b)) {
        return false;
      }
    }
    return true;
  }

  /** Whether they are equal, as a boolean in the left one. */
  public static void equal(final Value a, final Value b) {
    a.set(same(a, b));
  }

  /** Whether they differ. */
  public static void different(final Value a, final Value b) {
    a.set(!same(a, b));
  }

  /** {@code <}. */
  public static void less(final Value a, final Value b) {
    if (ordered(a, b)) {
      a.set(order(a, b) < 0);
    }
  }

  /** {@code <=}. */
  public static void lessOrEqual(final Value a, final Value b) {
    if (ordered(a, b)) {
      a.set(order(a, b) <= 0);
    }
  }

  /** {@code >}. */
  public static void greater(final Value a, final Value b) {
    if (ordered(a, b)) {
      a.set(order(a, b) > 0);
    }
  }

  /** {@code >=}. */
  public static void greaterOrEqual(final Value a, final Value b) {
    if (ordered(a, b)) {
      a.set(order(a, b) >= 0);
    }
  }

  /**
   * Whether two values can be ordered: two texts, or two numbers, where a list stands for its
   * length and a text for the number that it spells. Next to null nothing is larger or smaller;
   * anything else fails.
   */
  private static boolean ordered(final Value a, final Value b) {
    if (a.isNumber() && b.isNumber()) {
      return true;
    }
    if (a.isNull() || b.isNull()) {
      a.set(false);
      return false;
    }
    if (a.kind() == Kind.TEXT && b.kind() == Kind.TEXT) {
      return true;
    }
    measure(a);
    measure(b);
    if (Operators.toNumber(a) && Operators.toNumber(b)) {
      return true;
    }
    a.fail("there is no order of " + Operators.described(a) + " and " + Operators.described(b));
    return false;
  }

  private static void measure(final Value a) {
    if (a.kind() == Kind.LIST) {
      a.set((long) a.list().size());
    }
  }

  private static int order(final Value a, final Value b) {
    return a.kind() == Kind.TEXT ? compareTexts(a.text(), b.text()) : compareNumbers(a, b);
  }

  /** By code points, as their UTF-8 sorts. */
  private static int compareTexts(final String a, final String b) {
    final int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      final char left = a.charAt(i);
      final char right = b.charAt(i);
      if (left != right) {
        final boolean pairs = Character.isSurrogate(left) == Character.isSurrogate(right);
        return pairs ? Character.compare(left, right) : Character.isSurrogate(left) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Exactly, also a whole number with a double. */
  static int compareNumbers(final Value a, final Value b) {
    if (a.kind() == Kind.LONG) {
      return b.kind() == Kind.LONG
          ? Long.compare(a.number(), b.number())
          : Numbers.compare(a.number(), b.decimal());
    }
    return b.kind() == Kind.LONG
        ? -Numbers.compare(b.number(), a.decimal())
        : Double.compare(a.decimal() + 0.0, b.decimal() + 0.0);
  }
}
