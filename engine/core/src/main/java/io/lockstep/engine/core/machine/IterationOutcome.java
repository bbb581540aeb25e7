package io.lockstep.engine.core.machine;

/** How an iteration ended. Codes are stored in journals. */
public enum IterationOutcome {
  /** It went to its end. */
  COMPLETED(1),
  /** The run ended first. */
  INTERRUPTED(2),
  /** An expression came to no value, and the journal says why. */
  FAILED(3);

  private final int code;

  IterationOutcome(final int code) {
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
  public static IterationOutcome of(final int code) {
    for (final IterationOutcome value : values()) {
      if (value.code == code) {
        return value;
      }
    }
    throw new IllegalArgumentException("no IterationOutcome has code " + code);
  }
}
