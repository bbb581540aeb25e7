package io.lockstep.scenario.yaml;

import io.lockstep.scenario.diagnostic.Diagnostic;
import java.util.List;

/** Ends the reading of a text that has no tree; becomes a diagnostic in {@link DocumentReader}. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Diagnostic.Kind kind;
  private final int offset;
  private final transient List<String> notes;

  UnreadableException(
      final Diagnostic.Kind kind, final int offset, final String message, final String... notes) {
    super(message);
    this.kind = kind;
    this.offset = offset;
    this.notes = List.of(notes);
  }

  Diagnostic.Kind kind() {
    return kind;
  }

  int offset() {
    return offset;
  }

  List<String> notes() {
    return notes;
  }
}
