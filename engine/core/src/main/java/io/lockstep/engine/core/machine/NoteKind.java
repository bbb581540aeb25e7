package io.lockstep.engine.core.machine;

/** What a flow notes in the journal. Codes are stored in journals. */
public enum NoteKind {
  /** A text that the flow logs. */
  LOG(1),
  /** Why an iteration failed: an expression came to no value. */
  FAILURE(2),
  /** Why a request was not sent: what a template came to is not allowed in one. */
  INVALID_REQUEST(3);

  private final int code;

  NoteKind(final int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * The value of a code.
   *
   * @throws IllegalArgumentException if none has it.
   */
  public static NoteKind of(final int code) {
    for (final NoteKind value : values()) {
      if (value.code == code) {
        return value;
      }
    }
    throw new IllegalArgumentException("no NoteKind has code " + code);
  }
}
