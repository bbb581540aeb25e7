package io.lockstep.journal.run;

/** A run directory cannot be made or found. The message says what, where and what to do. */
public final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose fault it is. */
  public enum Kind {
    /** The user named a run that is taken, missing or impossible. */
    INPUT,
    /** The file system refused. */
    IO
  }

  private final Kind kind;

  RunException(final Kind kind, final String message) {
    super(message);
    this.kind = kind;
  }

  RunException(final String message, final Throwable cause) {
    super(message, cause);
    this.kind = Kind.IO;
  }

  /** Whose fault it is. */
  public Kind kind() {
    return kind;
  }
}
