package io.lockstep.scenario.expression;

import io.lockstep.scenario.expression.Term.Operator;
import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Op;
import io.lockstep.scenario.plan.expression.Operators;
import io.lockstep.scenario.plan.expression.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks up names, checks kinds, keeps secrets where they may be, and folds constants. Goes on after
 * a fault, so that all of them are told.
 */
final class Resolver {
  private final NameResolver names;
  private final CallResolver calls;
  private final List<Fault> faults;

  Resolver(final Names names, final boolean secretsAllowed, final List<Fault> faults) {
    this.names = new NameResolver(names, secretsAllowed, faults);
    this.calls = new CallResolver(names, faults);
    this.faults = faults;
  }

  Resolved resolve(final Term term) {
    if (term instanceof Term.Literal literal) {
      return Resolved.constant(literal.offset(), literal.value());
    }
    if (term instanceof Term.Name name) {
      return names.resolve(name);
    }
    if (term instanceof Term.Member member) {
      return names.resolve(member);
    }
    if (term instanceof Term.Call call) {
      return calls.resolve(call, arguments(call));
    }
    if (term instanceof Term.Items items) {
      return items(items);
    }
    if (term instanceof Term.Unary unary) {
      return unary(unary);
    }
    if (term instanceof Term.Conditional conditional) {
      return conditional(conditional);
    }
    return binary((Term.Binary) term);
  }

  private List<Resolved> arguments(final Term.Call call) {
    final List<Resolved> resolved = new ArrayList<>();
    for (final Term argument : call.arguments()) {
      final boolean replaced = call.function() == Function.DEFAULT && resolved.isEmpty();
      resolved.add(
          replaced
                  && argument instanceof Term.Member member
                  && member.owner().equals(NameResolver.ENVIRONMENT)
              ? names.perhaps(member)
              : resolve(argument));
    }
    return resolved;
  }

  private Resolved items(final Term.Items items) {
    final List<Term> resolved = new ArrayList<>();
    for (final Term item : items.items()) {
      final Resolved each = resolve(item);
      open(each, "a list");
      resolved.add(each.term());
    }
    return Resolved.of(new Term.Items(items.offset(), resolved), Kind.LIST.mask());
  }

  private Resolved unary(final Term.Unary unary) {
    final Resolved operand = resolve(unary.operand());
    final boolean not = unary.operator() == Operator.NOT;
    open(operand, "an operator");
    if (!operand.mayBeUnlessNull(not ? Kind.CONDITION : Kind.NUMERIC)) {
      return fault(
          unary,
          "`"
              + unary.operator().spelling()
              + "` takes "
              + (not ? "a condition" : "a number")
              + ", not "
              + Kind.words(operand.kinds()));
    }
    if (operand.isConstant()) {
      final Value value = operand.value();
      if (not) {
        Operators.not(value);
      } else {
        Operators.negate(value);
      }
      return folded(unary, value);
    }
    return Resolved.of(
        new Term.Unary(unary.offset(), unary.operator(), operand.term()),
        not ? Kind.BOOLEAN.mask() : Kind.NUMBER);
  }

  private Resolved conditional(final Term.Conditional conditional) {
    final Resolved condition = resolve(conditional.condition());
    final Resolved then = resolve(conditional.then());
    final Resolved otherwise = resolve(conditional.otherwise());
    open(condition, "a condition");
    if (!condition.mayBeUnlessNull(Kind.CONDITION)) {
      return fault(
          conditional, "`?` takes a condition before it, not " + Kind.words(condition.kinds()));
    }
    if (condition.isConstant()) {
      final Value value = condition.value();
      Operators.condition(value);
      return value.isFailure() ? folded(conditional, value) : value.truth() ? then : otherwise;
    }
    return new Resolved(
        new Term.Conditional(conditional.offset(), condition.term(), then.term(), otherwise.term()),
        then.kinds() | otherwise.kinds(),
        Math.max(then.secrets(), otherwise.secrets()));
  }

  private Resolved binary(final Term.Binary binary) {
    final Resolved left = resolve(binary.left());
    final Resolved right = resolve(binary.right());
    final Operator operator = binary.operator();
    if (operator != Operator.ADD) {
      open(left, "an operator");
      open(right, "an operator");
    }
    if (!fits(operator, left, right)) {
      return fault(
          binary,
          "`"
              + (operator == Operator.INDEX ? "[ ]" : operator.spelling())
              + "` does not take "
              + Kind.words(left.kinds())
              + " and "
              + Kind.words(right.kinds()),
          operator == Operator.ADD
              ? "number(x) or text(x) turns one into the other"
              : "see the table of operators in docs/reference/expressions.md");
    }
    final Term.Binary resolved =
        new Term.Binary(binary.offset(), operator, left.term(), right.term());
    if (operator == Operator.AND || operator == Operator.OR) {
      return logical(resolved, left, right);
    }
    if (left.isConstant() && right.isConstant()) {
      final Value value = left.value();
      Op.binary(operator.code(), value, right.value());
      return folded(resolved, value);
    }
    if (isArithmetic(operator) && (isNoNumber(left) || isNoNumber(right) || isZero(right))) {
      final Value value = isNoNumber(left) ? left.value() : Resolved.one();
      Op.binary(operator.code(), value, isNoNumber(left) ? Resolved.one() : right.value());
      if (value.isFailure()) {
        return folded(resolved, value);
      }
    }
    return new Resolved(
        resolved, result(operator, left, right), Math.max(left.secrets(), right.secrets()));
  }

  private static boolean isArithmetic(final Operator operator) {
    return switch (operator) {
      case SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> true;
      default -> false;
    };
  }

  /** Whether an operand is known to be no number, whatever the other one is. */
  private static boolean isNoNumber(final Resolved operand) {
    return operand.isConstant() && !Operators.toNumber(operand.value());
  }

  private static boolean isZero(final Resolved operand) {
    final Value value = operand.isConstant() ? operand.value() : Resolved.one();
    return Operators.toNumber(value) && value.decimal() == 0;
  }

  private Resolved logical(final Term.Binary binary, final Resolved left, final Resolved right) {
    if (left.isConstant()) {
      final Value value = left.value();
      Operators.condition(value);
      final boolean decided =
          !value.isFailure() && value.truth() == (binary.operator() == Operator.OR);
      if (decided || value.isFailure()) {
        return folded(binary, value);
      }
      if (right.isConstant()) {
        final Value other = right.value();
        Operators.condition(other);
        return folded(binary, other);
      }
      if (right.kinds() == Kind.BOOLEAN.mask()) {
        return right;
      }
    }
    return Resolved.of(binary, Kind.BOOLEAN.mask());
  }

  private static boolean fits(final Operator operator, final Resolved left, final Resolved right) {
    return switch (operator) {
      case OR, AND -> left.mayBeUnlessNull(Kind.CONDITION) && right.mayBeUnlessNull(Kind.CONDITION);
      case EQUAL, DIFFERENT -> true;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          isNull(left) || isNull(right) || (isOrdered(left, right) && isOrdered(right, left));
      case ADD ->
          (left.mayBe(Kind.NUMBER) && right.mayBe(Kind.NUMBER))
              || (left.mayBe(Kind.TEXT.mask()) && right.mayBe(Kind.TEXT.mask()));
      case INDEX -> left.mayBe(Kind.LIST.mask()) && right.mayBe(Kind.NUMERIC);
      default -> left.mayBe(Kind.NUMERIC) && right.mayBe(Kind.NUMERIC);
    };
  }

  private static boolean isNull(final Resolved operand) {
    return operand.kinds() == Kind.NULL.mask();
  }

  /** Whether an operand may have a place before or behind another one that is not null. */
  private static boolean isOrdered(final Resolved operand, final Resolved other) {
    final boolean hasPlace = operand.mayBeUnlessNull(~Kind.BOOLEAN.mask());
    final boolean besideText = other.mayBeUnlessNull(Kind.TEXT.mask());
    return hasPlace && (besideText || !isNoNumber(operand));
  }

  private static int result(final Operator operator, final Resolved left, final Resolved right) {
    final int both = left.kinds() & right.kinds();
    return switch (operator) {
      case ADD ->
          (left.mayBe(Kind.NUMBER) && right.mayBe(Kind.NUMBER) ? Kind.NUMBER : 0)
              | (both & Kind.TEXT.mask());
      case SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> Kind.NUMBER;
      case INDEX -> Kind.ANY;
      default -> Kind.BOOLEAN.mask();
    };
  }

  /** Tells of a secret where it would show. */
  private void open(final Resolved operand, final String where) {
    if (operand.isTainted()) {
      faults.add(CallResolver.secretShows(operand.term().offset(), where));
    }
  }

  private Resolved folded(final Term term, final Value value) {
    return CallResolver.folded(term, value, faults);
  }

  private Resolved fault(final Term term, final String message, final String... notes) {
    faults.add(Fault.of(term.offset(), message, notes));
    return Resolved.faulty(term);
  }
}
