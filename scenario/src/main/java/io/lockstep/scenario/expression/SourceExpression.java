package io.lockstep.scenario.expression;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Value;
import io.lockstep.scenario.read.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An expression whose syntax is right, before its names are known. Two are equal where their
 * canonical texts are.
 */
public final class SourceExpression {
  private final Term term;
  private final Wanted wanted;
  private final Place place;

  SourceExpression(final Term term, final Wanted wanted, final Place place) {
    this.term = term;
    this.wanted = wanted;
    this.place = place;
  }

  /**
   * Parses an expression for a value.
   *
   * @throws ExpressionException if its syntax is wrong.
   */
  public static SourceExpression value(final String text) throws ExpressionException {
    return parsed(text, Wanted.VALUE);
  }

  /**
   * Parses an expression for a condition.
   *
   * @throws ExpressionException if its syntax is wrong.
   */
  public static SourceExpression condition(final String text) throws ExpressionException {
    return parsed(text, Wanted.CONDITION);
  }

  private static SourceExpression parsed(final String text, final Wanted wanted)
      throws ExpressionException {
    try {
      return new SourceExpression(Parser.expression(text), wanted, Place.nowhere());
    } catch (final ParseException e) {
      throw new ExpressionException(List.of(e.fault()));
    }
  }

  /**
   * Compiles it.
   *
   * @throws ExpressionException if names are unknown, kinds do not fit, or a constant part of it
   *     fails.
   */
  public Expression compile(final Names names) throws ExpressionException {
    final List<Fault> faults = new ArrayList<>();
    final Expression expression = compile(names, faults);
    if (!faults.isEmpty()) {
      throw new ExpressionException(faults);
    }
    return expression;
  }

  /** Compiles it; {@code null}, and its faults are reported, where it is wrong. */
  public Expression compile(final Names names, final Reading in) {
    final List<Fault> faults = new ArrayList<>();
    final Expression expression = compile(names, faults);
    if (!faults.isEmpty()) {
      place.report(faults, in);
      return null;
    }
    return expression;
  }

  private Expression compile(final Names names, final List<Fault> faults) {
    final Resolved resolved = new Resolver(names, false, faults).resolve(term);
    wanted.check(term, resolved, faults);
    if (term instanceof Term.Name name) {
      faults.replaceAll(fault -> NameResolver.wholly(fault, name.name()));
    }
    return faults.isEmpty() ? Emitter.emit(resolved, names, 0, faults) : null;
  }

  /** Reports that it cannot be used where it is. */
  public void reject(final Reading in, final String message, final String advice) {
    place.report(List.of(Fault.of(0, message, advice)), in);
  }

  /** The names in it, in the order of its text. */
  public List<Mention> mentions() {
    return Mentions.of(term, wanted == Wanted.CONDITION);
  }

  /** Variables that are not null where it is known to be true, or false. */
  public Set<String> setWhere(final boolean truth) {
    return Mentions.setWhere(term, truth);
  }

  /** What it always comes to, whatever names mean; empty where that depends. */
  public Optional<Value> constant() {
    if (!mentions().isEmpty()) {
      return Optional.empty();
    }
    final List<Fault> faults = new ArrayList<>();
    final Resolved resolved = new Resolver(NoNames.NO_NAMES, false, faults).resolve(term);
    return faults.isEmpty() && resolved.isConstant()
        ? Optional.of(resolved.value())
        : Optional.empty();
  }

  /** How many items it has where it is a list that is written here; empty where it is none. */
  public OptionalInt items() {
    return term instanceof Term.Items items
        ? OptionalInt.of(items.items().size())
        : OptionalInt.empty();
  }

  /** Warns of a place in its text. */
  public void warn(
      final Reading in,
      final Diagnostic.Kind kind,
      final int offset,
      final String message,
      final String... notes) {
    place.warn(in, kind, offset, message, notes);
  }

  /** Its canonical spelling, as it was written: no constant is filled in. */
  public String text() {
    return Printer.print(term);
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof SourceExpression that
        && wanted == that.wanted
        && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
