package io.lockstep.scenario.tls;

import java.util.List;

/** A file with certificates or keys cannot be used. The message never holds what is in it. */
public final class TlsFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> notes;

  TlsFileException(final String message, final String... notes) {
    super(message);
    this.notes = List.of(notes);
  }

  TlsFileException(final String message, final Throwable cause, final String... notes) {
    super(message, cause);
    this.notes = List.of(notes);
  }

  /** What to do. */
  public List<String> notes() {
    return notes == null ? List.of() : notes;
  }
}
