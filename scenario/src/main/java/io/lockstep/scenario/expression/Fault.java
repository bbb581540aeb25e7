package io.lockstep.scenario.expression;

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
  public Fault {
    allowed = List.copyOf(allowed);
    notes = List.copyOf(notes);
  }

  static Fault of(final int offset, final String message, final String... notes) {
    return new Fault(offset, message, "", List.of(), List.of(notes));
  }
}
