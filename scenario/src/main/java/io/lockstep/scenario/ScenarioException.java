package io.lockstep.scenario;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import java.util.List;

/** A scenario file that cannot be used, with all that is wrong with it. */
public final class ScenarioException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;
  private final int omitted;
  private final boolean waiting;

  ScenarioException(final Diagnostics diagnostics) {
    super(diagnostics.sorted().get(0).headline());
    this.diagnostics = diagnostics.sorted();
    this.omitted = diagnostics.omitted();
    this.waiting = diagnostics.doFurtherChecksWait();
  }

  /** Errors and warnings, in the order of their places; at least one error. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** How many more there are, which were not kept. */
  public int omitted() {
    return omitted;
  }

  /** All of them as plain text, a blank line between two; the last line is ended. */
  public String render() {
    final String text = String.join("\n", diagnostics.stream().map(Diagnostic::render).toList());
    return text
        + (omitted == 0 ? "" : "\nand " + omitted + " more\n")
        + (waiting ? "\nfurther checks wait for these\n" : "");
  }
}
