package io.lockstep.scenario.plan.expression;

/**
 * What the operators do but for {@link Comparisons}, on registers: the left one takes the result.
 * Numbers and booleans allocate nothing unless they fail. Both the folding of constants and the
 * machine compute with these.
 */
public final class Operators {
  private Operators() {}

  /** Sum of numbers, or one text after another; never a mixture of the two. */
  public static void add(final Value a, final Value b) {
    if (a.kind() == Kind.TEXT && b.kind() == Kind.TEXT) {
      if (a.text().length() + b.text().length() > ExpressionLimits.MAX_TEXT) {
        a.fail("the text has more than " + ExpressionLimits.MAX_TEXT + " characters");
      } else {
        a.set(a.text().concat(b.text()));
      }
    } else if (a.isNumber() && b.isNumber()) {
      if (a.kind() == Kind.LONG && b.kind() == Kind.LONG) {
        addWhole(a, b.number());
      } else {
        a.set(a.decimal() + b.decimal());
      }
    } else {
      a.fail(
          "`+` takes two numbers or two texts, not "
              + a.kind().words()
              + " and "
              + b.kind().words()
              + ": number(x) or text(x) turns one into the other");
    }
  }

  private static void addWhole(final Value a, final long right) {
    final long left = a.number();
    final long sum = left + right;
    if (((left ^ sum) & (right ^ sum)) < 0) {
      overflow(a);
    } else {
      a.set(sum);
    }
  }

  /** Difference. */
  public static void subtract(final Value a, final Value b) {
    if (!numbers("-", a, b)) {
      return;
    }
    if (a.kind() == Kind.LONG && b.kind() == Kind.LONG) {
      final long left = a.number();
      final long right = b.number();
      final long difference = left - right;
      if (((left ^ right) & (left ^ difference)) < 0) {
        overflow(a);
      } else {
        a.set(difference);
      }
    } else {
      a.set(a.decimal() - b.decimal());
    }
  }

  /** Product. */
  public static void multiply(final Value a, final Value b) {
    if (!numbers("*", a, b)) {
      return;
    }
    if (a.kind() == Kind.LONG && b.kind() == Kind.LONG) {
      final long low = a.number() * b.number();
      if (Math.multiplyHigh(a.number(), b.number()) != low >> 63) {
        overflow(a);
      } else {
        a.set(low);
      }
    } else {
      a.set(a.decimal() * b.decimal());
    }
  }

  /** Quotient: of whole numbers a whole one where it comes out even, otherwise a double. */
  public static void divide(final Value a, final Value b) {
    if (!numbers("/", a, b)) {
      return;
    }
    if (b.decimal() == 0) {
      a.fail("division by zero");
    } else if (a.kind() == Kind.LONG && b.kind() == Kind.LONG && a.number() % b.number() == 0) {
      if (a.number() == Long.MIN_VALUE && b.number() == -1) {
        overflow(a);
      } else {
        a.set(a.number() / b.number());
      }
    } else {
      a.set(a.decimal() / b.decimal());
    }
  }

  /** What division leaves; it has the sign of the left side. */
  public static void remainder(final Value a, final Value b) {
    if (!numbers("%", a, b)) {
      return;
    }
    if (b.decimal() == 0) {
      a.fail("division by zero");
    } else if (a.kind() == Kind.LONG && b.kind() == Kind.LONG) {
      a.set(a.number() % b.number());
    } else {
      a.set(a.decimal() % b.decimal());
    }
  }

  /** The number with the other sign. */
  public static void negate(final Value a) {
    if (!toNumber(a)) {
      a.fail("`-` takes a number, not " + described(a));
    } else if (a.kind() == Kind.DOUBLE) {
      a.set(-a.decimal());
    } else if (a.number() == Long.MIN_VALUE) {
      overflow(a);
    } else {
      a.set(-a.number());
    }
  }

  /** Turns a value into a boolean: null is false, a text may spell one. */
  public static void condition(final Value a) {
    switch (a.kind()) {
      case BOOLEAN, FAILURE -> {
        // is as it should be
      }
      case NULL -> a.set(false);
      case TEXT -> {
        if (a.text().equals("true")) {
          a.set(true);
        } else if (a.text().equals("false")) {
          a.set(false);
        } else {
          a.fail("a condition is true or false, not " + described(a));
        }
      }
      default -> a.fail("a condition is true or false, not " + described(a));
    }
  }

  /** The other truth. */
  public static void not(final Value a) {
    condition(a);
    if (!a.isFailure()) {
      a.set(!a.truth());
    }
  }

  /** An item of a list, from 0, or from the end where the index is negative; null beyond it. */
  public static void index(final Value a, final Value b) {
    if (a.kind() != Kind.LIST || !toNumber(b) || b.kind() != Kind.LONG) {
      a.fail("`[ ]` takes a list and a whole number, not " + described(a) + " and " + described(b));
      return;
    }
    final long at = b.number() < 0 ? a.list().size() + b.number() : b.number();
    if (at < 0 || at >= a.list().size()) {
      a.setNull();
    } else {
      a.setItem(a.list().get((int) at));
    }
  }

  private static boolean numbers(final String operator, final Value a, final Value b) {
    if (toNumber(a) && toNumber(b)) {
      return true;
    }
    a.fail("`" + operator + "` takes numbers, not " + described(a.isNumber() ? b : a));
    return false;
  }

  /** Turns a text into the number that it spells; whether the value is a number now. */
  public static boolean toNumber(final Value a) {
    return a.isNumber() || (a.kind() == Kind.TEXT && Numbers.parse(a.text(), a));
  }

  /** A value for a message; a text shortened where it is long. */
  public static String described(final Value a) {
    return a.kind() == Kind.TEXT && !a.text().isEmpty()
        ? "the text " + shortened(a.text())
        : a.kind().words();
  }

  private static String shortened(final String text) {
    final int shown = 40;
    return text.length() <= shown
        ? Texts.literal(text)
        : Texts.literal(text.substring(0, text.offsetByCodePoints(0, shown / 2))) + "…";
  }

  private static void overflow(final Value a) {
    a.fail("the result does not fit a whole number of 64 bits");
  }
}
