package io.lockstep.scenario.expression;

import io.lockstep.scenario.plan.expression.Texts;
import java.util.List;

/**
 * What is wrong with an expression or template, and where.
 *
 * @param offset in its text, in chars
 * @param message in a clause without its full stop
 * @param given the name that is unknown; empty where the fault is another one
 * @param allowed the names that are known there
 * @param notes what to do
 */
public record Fault(
    int offset, String message, String given, List<String> allowed, List<String> notes) {
  /** A given name of which no other is said to be the nearest. */
  static final String NO_NEAREST = "\0";

  public Fault {
    allowed = List.copyOf(allowed);
    notes = List.copyOf(notes);
  }

  /** How a text is written that is a whole expression: the outer quotes are the file's. */
  static String ownQuotes(final String text) {
    return "a text has quotes of its own, within those of the file: '"
        + Texts.literal(text).replace("'", "''")
        + "'";
  }

  /** The same with another note in place of its own. */
  Fault noted(final String note) {
    return new Fault(offset, message, given, allowed, List.of(note));
  }

  static Fault of(final int offset, final String message, final String... notes) {
    return new Fault(offset, message, "", List.of(), List.of(notes));
  }
}
