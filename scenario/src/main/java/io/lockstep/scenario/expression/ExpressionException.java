package io.lockstep.scenario.expression;

import io.lockstep.scenario.diagnostic.NearestName;
import java.util.List;
import java.util.stream.Collectors;

/** An expression or template that cannot be used. */
public final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // a list of records of texts
  private final List<Fault> faults;

  ExpressionException(final List<Fault> faults) {
    super(
        faults.stream()
            .map(fault -> "at " + fault.offset() + ": " + fault.message() + nearest(fault))
            .collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  private static String nearest(final Fault fault) {
    return NearestName.of(fault.given(), fault.allowed())
        .map(name -> " (did you mean `" + name + "`?)")
        .orElse("");
  }

  /** All that is wrong, in the order of the text. */
  public List<Fault> faults() {
    return faults;
  }
}
