package io.lockstep.engine.core.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/**
 * Random expressions with what they come to by a second, plain implementation of the reference:
 * recursive, on boxed values, in exact arithmetic. {@link #FAILED} is a value that nothing repairs.
 */
final class Oracle {
  /** What an expression comes to that fails. */
  static final Object FAILED = new Object();

  private static final String[] ARITHMETIC = {"+", "-", "*", "/", "%"};
  private static final String[] ORDER = {"<", "<=", ">", ">="};

  private final Random random;
  private boolean anyFailed;

  /**
   * An expression.
   *
   * @param text all of it in parentheses
   * @param value null, Boolean, Long, Double, String, List or {@link #FAILED}
   */
  record Expected(String text, Object value) {}

  Oracle(final Random random) {
    this.random = random;
  }

  /** Whether a part of what was made so far fails, even if nothing comes of that part. */
  boolean anyFailed() {
    return anyFailed;
  }

  Expected make(final int depth) {
    final Expected made = depth == 0 ? leaf() : node(depth - 1);
    anyFailed |= made.value() == FAILED;
    return made;
  }

  private Expected leaf() {
    return switch (random.nextInt(11)) {
      case 0 -> new Expected("page", 3L);
      case 1 -> new Expected("price", 2.5);
      case 2 -> new Expected("count", "12");
      case 3 -> new Expected("token", "abc");
      case 4 -> new Expected("yes", true);
      case 5 -> new Expected("missing", null);
      case 6 -> new Expected("items", List.of("a", "b", "c"));
      case 7 -> whole(random.nextLong() >>> (1 + random.nextInt(62)));
      case 8 -> new Expected("0.5", 0.5);
      case 9 -> new Expected("\"true\"", "true");
      default -> new Expected("false", false);
    };
  }

  private static Expected whole(final long value) {
    return new Expected(Long.toString(value), value);
  }

  private Expected node(final int depth) {
    final Expected a = make(depth);
    final Expected b = make(depth);
    switch (random.nextInt(8)) {
      case 0:
        final Object truth = truth(a.value());
        return new Expected("(!" + a.text() + ")", truth == FAILED ? FAILED : !(Boolean) truth);
      case 1:
        return new Expected("(-" + a.text() + ")", negative(number(a.value())));
      case 2:
        final Expected c = make(depth);
        final Object first = truth(a.value());
        return new Expected(
            "(" + a.text() + " ? " + b.text() + " : " + c.text() + ")",
            first == FAILED ? FAILED : (Boolean) first ? b.value() : c.value());
      case 3:
        final boolean or = random.nextBoolean();
        anyFailed |= truth(b.value()) == FAILED;
        return binary(a, or ? "||" : "&&", b, logical(or, a.value(), b.value()));
      case 4:
        final boolean equal = random.nextBoolean();
        final boolean same = same(a.value(), b.value());
        return binary(a, equal ? "==" : "!=", b, failed(a, b) ? FAILED : same == equal);
      case 5:
        final String order = ORDER[random.nextInt(ORDER.length)];
        return binary(a, order, b, failed(a, b) ? FAILED : ordered(order, a.value(), b.value()));
      default:
        final String operator = ARITHMETIC[random.nextInt(ARITHMETIC.length)];
        return binary(
            a, operator, b, failed(a, b) ? FAILED : computed(operator, a.value(), b.value()));
    }
  }

  private static Expected binary(
      final Expected a, final String operator, final Expected b, final Object value) {
    return new Expected("(" + a.text() + " " + operator + " " + b.text() + ")", value);
  }

  private static boolean failed(final Expected a, final Expected b) {
    return a.value() == FAILED || b.value() == FAILED;
  }

  private static Object truth(final Object value) {
    if (value == null || "false".equals(value)) {
      return false;
    }
    return "true".equals(value) ? true : value instanceof Boolean ? value : FAILED;
  }

  private static Object logical(final boolean or, final Object left, final Object right) {
    final Object first = truth(left);
    return first == FAILED || (Boolean) first == or ? first : truth(right);
  }

  /** Long, Double or failed; only one text of these spells a number. */
  private static Object number(final Object value) {
    if (value instanceof String text) {
      return text.matches("-?\\d{1,18}") ? Long.valueOf(text) : FAILED;
    }
    return value instanceof Number ? value : FAILED;
  }

  private static Object negative(final Object number) {
    if (number == FAILED) {
      return FAILED;
    }
    return number instanceof Long whole
        ? fitted(BigInteger.valueOf(whole).negate())
        : (Object) (-(Double) number);
  }

  private static Object fitted(final BigInteger exact) {
    return exact.bitLength() < 64 ? exact.longValueExact() : FAILED;
  }

  private static Object computed(final String operator, final Object left, final Object right) {
    if (operator.equals("+") && left instanceof String first && right instanceof String second) {
      return first + second;
    }
    final boolean mixed = left instanceof String || right instanceof String;
    final Object a = number(left);
    final Object b = number(right);
    if (a == FAILED || b == FAILED || (operator.equals("+") && mixed)) {
      return FAILED;
    }
    final double divisor = ((Number) b).doubleValue();
    if ((operator.equals("/") || operator.equals("%")) && divisor == 0) {
      return FAILED;
    }
    if (a instanceof Long x && b instanceof Long y) {
      final BigInteger big = BigInteger.valueOf(x);
      final BigInteger other = BigInteger.valueOf(y);
      switch (operator) {
        case "+":
          return fitted(big.add(other));
        case "-":
          return fitted(big.subtract(other));
        case "*":
          return fitted(big.multiply(other));
        case "%":
          return fitted(big.remainder(other));
        default:
          if (big.remainder(other).signum() == 0) {
            return fitted(big.divide(other));
          }
      }
    }
    return finite(operator, ((Number) a).doubleValue(), divisor);
  }

  private static Object finite(final String operator, final double a, final double b) {
    final double value =
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          default -> a % b;
        };
    return Double.isFinite(value) ? value : FAILED;
  }

  static boolean same(final Object a, final Object b) {
    if (a instanceof Number || b instanceof Number) {
      final Object x = number(a);
      final Object y = number(b);
      return x != FAILED && y != FAILED && exact(x).compareTo(exact(y)) == 0;
    }
    if (a instanceof Boolean != b instanceof Boolean
        && (a instanceof String || b instanceof String)) {
      return String.valueOf(a).equals(String.valueOf(b));
    }
    return a == null ? b == null : a.equals(b);
  }

  private static BigDecimal exact(final Object number) {
    return number instanceof Long whole
        ? BigDecimal.valueOf(whole)
        : new BigDecimal((Double) number);
  }

  private static Object ordered(final String operator, final Object a, final Object b) {
    if (a == null || b == null) {
      return false;
    }
    final int order;
    if (a instanceof String x && b instanceof String y) {
      order = x.compareTo(y);
    } else {
      final Object x = number(a instanceof List<?> list ? (Object) (long) list.size() : a);
      final Object y = number(b instanceof List<?> list ? (Object) (long) list.size() : b);
      if (x == FAILED || y == FAILED) {
        return FAILED;
      }
      order = exact(x).compareTo(exact(y));
    }
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }
}
