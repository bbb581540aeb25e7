package io.lockstep.scenario.expression;

import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.Op;
import io.lockstep.scenario.plan.expression.Texts;
import java.util.List;
import java.util.regex.Pattern;

/** A parsed expression. Each part knows where it is in the text. */
sealed interface Term {
  /** Where it starts, or its operator stands. */
  int offset();

  /** The terms that it is made of, in order. */
  default List<Term> parts() {
    if (this instanceof Call call) {
      return call.arguments();
    }
    if (this instanceof Items list) {
      return list.items();
    }
    if (this instanceof Unary unary) {
      return List.of(unary.operand());
    }
    if (this instanceof Binary binary) {
      return List.of(binary.left(), binary.right());
    }
    return this instanceof Conditional conditional
        ? List.of(conditional.condition(), conditional.then(), conditional.otherwise())
        : List.of();
  }

  /**
   * A value: null, Boolean, Long, Double or String.
   *
   * @param offset where
   * @param value which
   */
  record Literal(int offset, Object value) implements Term {}

  /** A name alone. */
  record Name(int offset, String name) implements Term {}

  /**
   * A name in another one: a column, an environment variable, a secret.
   *
   * @param offset where the owner is
   * @param owner first name
   * @param memberOffset where the second name is
   * @param member second name
   */
  record Member(int offset, String owner, int memberOffset, String member) implements Term {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** How a member is spelled behind its owner. */
    static String suffix(final String member) {
      return PLAIN.matcher(member).matches() ? "." + member : "[" + Texts.literal(member) + "]";
    }
  }

  /** A call of a function. */
  record Call(int offset, Function function, List<Term> arguments) implements Term {}

  /** A list of values. */
  record Items(int offset, List<Term> items) implements Term {}

  /** A unary operator. */
  record Unary(int offset, Operator operator, Term operand) implements Term {}

  /** A binary operator, also an index in brackets. */
  record Binary(int offset, Operator operator, Term left, Term right) implements Term {}

  /** One of two, by a condition. */
  record Conditional(int offset, Term condition, Term then, Term otherwise) implements Term {}

  /** Operators: how they are spelled, how tightly they bind, and their code. */
  enum Operator {
    OR("||", 2, Op.OR),
    AND("&&", 3, Op.AND),
    EQUAL("==", 4, Op.EQUAL),
    DIFFERENT("!=", 4, Op.DIFFERENT),
    LESS("<", 5, Op.LESS),
    LESS_OR_EQUAL("<=", 5, Op.LESS_OR_EQUAL),
    GREATER(">", 5, Op.GREATER),
    GREATER_OR_EQUAL(">=", 5, Op.GREATER_OR_EQUAL),
    ADD("+", 6, Op.ADD),
    SUBTRACT("-", 6, Op.SUBTRACT),
    MULTIPLY("*", 7, Op.MULTIPLY),
    DIVIDE("/", 7, Op.DIVIDE),
    REMAINDER("%", 7, Op.REMAINDER),
    NOT("!", 8, Op.NOT),
    NEGATE("-", 8, Op.NEGATE),
    INDEX("[", 9, Op.INDEX);

    /** How tightly a conditional binds. */
    static final int CONDITIONAL = 1;

    /** How tightly a comparison by order binds. */
    static final int ORDER = 5;

    /** How tightly the tightest binary operators bind. */
    static final int TIGHTEST = 7;

    /** How tightly unary operators bind. */
    static final int UNARY = 8;

    private final String spelling;
    private final int precedence;
    private final int code;

    private static final Operator[] ALL = values();

    /** The binary operator that is spelled so and binds so tightly, or {@code null}. */
    static Operator binary(final String spelling, final int precedence) {
      for (final Operator operator : ALL) {
        if (operator.precedence == precedence && operator.spelling.equals(spelling)) {
          return operator;
        }
      }
      return null;
    }

    Operator(final String spelling, final int precedence, final int code) {
      this.spelling = spelling;
      this.precedence = precedence;
      this.code = code;
    }

    String spelling() {
      return spelling;
    }

    int precedence() {
      return precedence;
    }

    int code() {
      return code;
    }
  }
}
