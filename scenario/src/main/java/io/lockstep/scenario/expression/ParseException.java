package io.lockstep.scenario.expression;

import java.util.List;

/** The first thing wrong with an expression's syntax. */
final class ParseException extends Exception {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // a record of texts
  private final Fault fault;

  ParseException(final int offset, final String message, final String... notes) {
    this(new Fault(offset, message, "", List.of(), List.of(notes)));
  }

  ParseException(final Fault fault) {
    super(fault.message());
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
