package io.lockstep.scenario.data;

import io.lockstep.scenario.diagnostic.Diagnostic;
import java.util.List;

/** A data file that cannot be used, with what is wrong with it. */
public final class DataException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  DataException(final List<Diagnostic> diagnostics) {
    super(diagnostics.get(0).headline());
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** In the order of their places; at least one. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
