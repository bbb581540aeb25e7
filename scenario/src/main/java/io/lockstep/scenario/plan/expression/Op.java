package io.lockstep.scenario.plan.expression;

/**
 * Instructions of a compiled expression: an operation and its operands, one after another in one
 * array. Targets of jumps are indexes in that array. Codes are never given to something else.
 */
public final class Op {
  /** Pushes null. */
  public static final int NULL = 0;

  /** Pushes true. */
  public static final int TRUE = 1;

  /** Pushes false. */
  public static final int FALSE = 2;

  /** Pushes a constant: its index among the whole numbers. */
  public static final int LONG = 3;

  /** Pushes a constant: its index among the doubles. */
  public static final int DOUBLE = 4;

  /** Pushes a constant: its index among the texts. */
  public static final int TEXT = 5;

  /** Pushes a variable: its slot. */
  public static final int VARIABLE = 6;

  /** Pushes a data value: feeder, column. */
  public static final int COLUMN = 7;

  /** Pushes a secret: its index, its name among the texts. */
  public static final int SECRET = 8;

  /** Pushes a built-in value: its code. */
  public static final int BUILT_IN = 9;

  /** Pushes a header of the last response: its number, its name among the texts. */
  public static final int HEADER = 10;

  /** Pushes what a JSONPath finds: its number, the path among the texts. */
  public static final int JSON = 11;

  /** Pushes the next number of a counter: its number. */
  public static final int COUNTER = 12;

  /**
   * Calls a function: its code, number of arguments, ordinal of its draw or text of its pattern.
   */
  public static final int CALL = 13;

  /** Makes a list: number of items. */
  public static final int LIST = 14;

  /** Where the top is false, goes on at the target with it, otherwise drops it. */
  public static final int AND = 15;

  /** Where the top is true, goes on at the target with it, otherwise drops it. */
  public static final int OR = 16;

  /** Drops the top; where it was false, goes on at the target. */
  public static final int BRANCH = 17;

  /** Goes on at the target. */
  public static final int JUMP = 18;

  /** Makes the top a boolean. */
  public static final int TEST = 19;

  /** Unary operators. */
  public static final int NOT = 20;

  public static final int NEGATE = 21;

  /** Binary operators: the two at the top become one. */
  public static final int ADD = 22;

  public static final int SUBTRACT = 23;
  public static final int MULTIPLY = 24;
  public static final int DIVIDE = 25;
  public static final int REMAINDER = 26;
  public static final int EQUAL = 27;
  public static final int DIFFERENT = 28;
  public static final int LESS = 29;
  public static final int LESS_OR_EQUAL = 30;
  public static final int GREATER = 31;
  public static final int GREATER_OR_EQUAL = 32;
  public static final int INDEX = 33;

  /** Pushes a value that the setup has left: its index. */
  public static final int SETUP = 34;

  private Op() {}

  /** Length of an instruction with its operands. */
  public static int length(final int operation) {
    return switch (operation) {
      case LONG, DOUBLE, TEXT, VARIABLE, BUILT_IN, COUNTER, LIST, AND, OR, BRANCH, JUMP, SETUP -> 2;
      case COLUMN, SECRET, HEADER, JSON -> 3;
      case CALL -> 4;
      default -> 1;
    };
  }

  /** By how much an instruction changes the number of values held, when the next one follows it. */
  private static int effect(final int[] code, final int at) {
    final int operation = code[at];
    if (operation <= COUNTER) {
      return 1;
    }
    return switch (operation) {
      case SETUP -> 1;
      case CALL -> 1 - code[at + 2];
      case LIST -> 1 - code[at + 1];
      case TEST, NOT, NEGATE -> 0;
      default -> -1;
    };
  }

  /** How many values code holds at most while it runs. */
  public static int stack(final int[] code) {
    int depth = 0;
    int most = 0;
    for (int at = 0; at < code.length; at += length(code[at])) {
      depth += effect(code, at);
      most = Math.max(most, depth);
    }
    return most;
  }

  /** Applies a binary operator; the left value takes the result. */
  public static void binary(final int operation, final Value a, final Value b) {
    switch (operation) {
      case ADD -> Operators.add(a, b);
      case SUBTRACT -> Operators.subtract(a, b);
      case MULTIPLY -> Operators.multiply(a, b);
      case DIVIDE -> Operators.divide(a, b);
      case REMAINDER -> Operators.remainder(a, b);
      case EQUAL -> Comparisons.equal(a, b);
      case DIFFERENT -> Comparisons.different(a, b);
      case LESS -> Comparisons.less(a, b);
      case LESS_OR_EQUAL -> Comparisons.lessOrEqual(a, b);
      case GREATER -> Comparisons.greater(a, b);
      case GREATER_OR_EQUAL -> Comparisons.greaterOrEqual(a, b);
      case INDEX -> Operators.index(a, b);
      default -> throw new IllegalStateException("no binary operator: " + operation);
    }
  }
}
