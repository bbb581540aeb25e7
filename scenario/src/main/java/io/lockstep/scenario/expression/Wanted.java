package io.lockstep.scenario.expression;

import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Operators;
import io.lockstep.scenario.plan.expression.Value;
import java.util.List;

/** What the place of an expression takes. */
public enum Wanted {
  /** Any value. */
  VALUE,
  /** True or false. */
  CONDITION,
  /** A list to walk along; null is an empty one. */
  LIST;

  private static final String LIST_ADVICE =
      "write the items, such as [1, 2], extract all matches with `index: all`, or cut a text with "
          + "split(x, \",\")";

  /** Adds a fault where a term can only come to something else. */
  void check(final Term term, final Resolved resolved, final List<Fault> faults) {
    if (this == CONDITION) {
      checkCondition(term, resolved, faults);
    } else if (this == LIST
        && resolved.kinds() != Kind.NULL.mask()
        && !resolved.mayBe(Kind.LIST.mask())) {
      faults.add(
          Fault.of(
              term.offset(),
              "`foreach` takes a list, not " + Kind.words(resolved.kindsUnlessNull()),
              LIST_ADVICE));
    }
  }

  private static void checkCondition(
      final Term term, final Resolved resolved, final List<Fault> faults) {
    if (!resolved.mayBeUnlessNull(Kind.CONDITION)) {
      faults.add(
          Fault.of(
              term.offset(),
              "a condition is true or false, not " + Kind.words(resolved.kindsUnlessNull()),
              "compare it with something: " + compared(term, resolved)));
    } else if (resolved.isConstant()) {
      final Value value = resolved.value();
      Operators.condition(value);
      if (value.isFailure()) {
        faults.add(Fault.of(term.offset(), value.failure()));
      }
    }
  }

  private static String compared(final Term term, final Resolved resolved) {
    final String name = term instanceof Term.Name variable ? variable.name() : "status";
    if (name.equals("status")) {
      return "status == 200";
    }
    return resolved.mayBe(Kind.LIST.mask()) ? "len(" + name + ") > 0" : name + " > 0";
  }
}
