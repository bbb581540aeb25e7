package io.lockstep.scenario.expression;

import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Value;

/**
 * A term whose names are known and whose constants are folded.
 *
 * @param term the term
 * @param kinds that it may have
 * @param secrets functions around the deepest secret in it, plus one; 0 where there is none
 */
record Resolved(Term term, int kinds, int secrets) {
  static Resolved of(final Term term, final int kinds) {
    return new Resolved(term, kinds, 0);
  }

  /** A constant: null, Boolean, Long, Double or String. */
  static Resolved constant(final int offset, final Object value) {
    final Value register = new Value();
    register.setItem(value);
    return of(new Term.Literal(offset, value), register.kind().mask());
  }

  /** A term about which a fault was told: nothing more is said of it. */
  static Resolved faulty(final Term term) {
    return of(term, Kind.ANY);
  }

  boolean isConstant() {
    return term instanceof Term.Literal;
  }

  /** Whether it is a list without items, which has no literal of its own. */
  boolean isEmptyList() {
    return term instanceof Term.Items items && items.items().isEmpty();
  }

  /** The number 1 in a fresh register. */
  static Value one() {
    final Value value = new Value();
    value.set(1L);
    return value;
  }

  boolean isTainted() {
    return secrets > 0;
  }

  boolean mayBe(final int mask) {
    return (kinds & mask) != 0;
  }

  /** Kinds that it may have where it is not null; null where it is nothing else. */
  int kindsUnlessNull() {
    final int others = kinds & ~Kind.NULL.mask();
    return others == 0 ? kinds : others;
  }

  /** Whether it may be one of these where it is not null: what may be null is right by luck. */
  boolean mayBeUnlessNull(final int mask) {
    return (kindsUnlessNull() & mask) != 0;
  }

  /** The constant in a fresh register. */
  Value value() {
    final Value value = new Value();
    value.setItem(((Term.Literal) term).value());
    return value;
  }
}
