package io.lockstep.scenario.expression;

import io.lockstep.scenario.expression.Term.Operator;
import io.lockstep.scenario.plan.expression.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random terms, as the parser could have made them: no literal is negative. */
final class TermGenerator {
  private static final String[] TEXTS = {
    "", "a", "\"", "'", "\\", "}", "${", "\n\t\r\0", "ü€😀", "\ud800", "\u007f"
  };
  private static final String[] NAMES = {"total", "status", "x_1", "int", "vu"};

  private static final List<Operator> OPERATORS = List.of(Operator.values());
  private static final List<Function> FUNCTIONS = List.of(Function.values());

  private final Random random;

  TermGenerator(final Random random) {
    this.random = random;
  }

  Term term(final int depth) {
    if (depth == 0) {
      return leaf();
    }
    switch (random.nextInt(7)) {
      case 0:
        return new Term.Unary(
            0, random.nextBoolean() ? Operator.NOT : Operator.NEGATE, term(depth - 1));
      case 1:
        return new Term.Conditional(0, term(depth - 1), term(depth - 1), term(depth - 1));
      case 2:
        return call(depth);
      case 3:
        return new Term.Items(0, terms(random.nextInt(4), depth));
      case 4:
        return leaf();
      default:
        return binary(operator(), term(depth - 1), term(depth - 1));
    }
  }

  /** A text in brackets behind a name is a member of it. */
  private static Term binary(final Operator operator, final Term left, final Term right) {
    return operator == Operator.INDEX
            && left instanceof Term.Name owner
            && right instanceof Term.Literal literal
            && literal.value() instanceof String member
        ? new Term.Member(0, owner.name(), 0, member)
        : new Term.Binary(0, operator, left, right);
  }

  private Operator operator() {
    while (true) {
      final Operator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
      if (operator.precedence() != Operator.UNARY) {
        return operator;
      }
    }
  }

  private Term call(final int depth) {
    final Function function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
    final int most = Math.min(function.maxArguments(), 4);
    final int count = function.minArguments() + random.nextInt(most - function.minArguments() + 1);
    return new Term.Call(0, function, terms(count, depth));
  }

  private List<Term> terms(final int count, final int depth) {
    final List<Term> terms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      terms.add(term(depth - 1));
    }
    return terms;
  }

  private Term leaf() {
    return switch (random.nextInt(7)) {
      case 0 -> new Term.Literal(0, random.nextLong() >>> (1 + random.nextInt(62)));
      case 1 -> new Term.Literal(0, Math.abs(decimal()));
      case 2 -> new Term.Literal(0, TEXTS[random.nextInt(TEXTS.length)]);
      case 3 -> new Term.Literal(0, random.nextBoolean());
      case 4 -> new Term.Literal(0, null);
      case 5 -> new Term.Member(0, "users", 0, NAMES[random.nextInt(NAMES.length)]);
      default -> new Term.Name(0, NAMES[random.nextInt(NAMES.length)]);
    };
  }

  private double decimal() {
    while (true) {
      final double value =
          random.nextBoolean() ? random.nextGaussian() : Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        return value;
      }
    }
  }
}
