package io.lockstep.engine.core.machine;

/** How a run ended. Codes are stored in journals. */
public enum RunOutcome {
  /** Its work or its time was over. */
  COMPLETED(1),
  /** An operator stopped it. */
  STOPPED(2);

  private final int code;

  RunOutcome(final int code) {
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
  public static RunOutcome of(final int code) {
    for (final RunOutcome value : values()) {
      if (value.code == code) {
        return value;
      }
    }
    throw new IllegalArgumentException("no RunOutcome has code " + code);
  }
}
