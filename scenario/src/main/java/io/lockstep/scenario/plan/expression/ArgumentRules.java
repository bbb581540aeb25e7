package io.lockstep.scenario.plan.expression;

/**
 * What arguments functions take beyond their kinds. One rule for an argument that is known when a
 * file is loaded and for one that is computed in the run: a call that must fail is told at load.
 */
public final class ArgumentRules {
  /** Decimals that {@code float} rounds to. */
  public static final int MAX_DECIMALS = 9;

  private ArgumentRules() {}

  /**
   * What is wrong with an argument, whatever the others are; {@code null} where nothing is.
   *
   * @param value becomes a number where the function takes one
   */
  public static String fault(final Function function, final int index, final Value value) {
    if (value.isNull()) {
      return null; // of kinds somebody else takes care
    }
    return switch (function) {
      case INT, FLOAT, STRING, HEX -> drawn(function, index, value);
      case MIN, MAX, NUMBER_OF, FLOOR, ROUND ->
          Operators.toNumber(value) ? null : notNumbers(function, value);
      case SUBSTRING -> index > 0 ? place(value) : null;
      case REPLACE, SPLIT -> index == 1 && isEmpty(value) ? emptyText(function) : null;
      default -> null;
    };
  }

  private static String drawn(final Function function, final int index, final Value value) {
    if (!Operators.toNumber(value)) {
      return notNumbers(function, value);
    }
    if (function == Function.INT) {
      return value.kind() == Kind.LONG ? null : "int() takes whole numbers";
    }
    if (function == Function.FLOAT) {
      return index == 2 && !isWithin(value, MAX_DECIMALS)
          ? "float() rounds to 0 to " + MAX_DECIMALS + " decimals"
          : null;
    }
    return isWithin(value, ExpressionLimits.MAX_TEXT)
        ? null
        : function.functionName() + "() takes a length from 0 to " + ExpressionLimits.MAX_TEXT;
  }

  private static boolean isWithin(final Value value, final int most) {
    return value.kind() == Kind.LONG && value.number() >= 0 && value.number() <= most;
  }

  private static String notNumbers(final Function function, final Value value) {
    final boolean single = function.maxArguments() == 1;
    return function.functionName()
        + (single ? "() takes a number, not " : "() takes numbers, not ")
        + Operators.described(value);
  }

  private static String place(final Value value) {
    return Operators.toNumber(value) && value.kind() == Kind.LONG
        ? null
        : "substring() takes whole numbers as places, not " + Operators.described(value);
  }

  private static boolean isEmpty(final Value value) {
    return value.kind() == Kind.TEXT && value.text().isEmpty();
  }

  private static String emptyText(final Function function) {
    return function.functionName() + "() cannot look for an empty text";
  }

  /**
   * What is wrong with the bounds of {@code int} or {@code float}, each of which is right; {@code
   * null} where nothing is.
   */
  public static String rangeFault(final Function function, final Value min, final Value max) {
    if (function == Function.FLOAT) {
      return max.decimal() < min.decimal()
          ? "float() needs a range whose first bound is not the larger one"
          : null;
    }
    if (max.number() < min.number()) {
      return "int() needs a range, not " + min.number() + " to " + max.number();
    }
    return max.number() - min.number() + 1 <= 0
        ? "int() takes ranges of up to 2^63-1 numbers"
        : null;
  }
}
