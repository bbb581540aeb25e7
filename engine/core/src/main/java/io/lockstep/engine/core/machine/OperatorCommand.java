package io.lockstep.engine.core.machine;

/** What can be asked of a running machine from outside. Codes are stored in journals. */
public enum OperatorCommand {
  /** Starts nothing new and lets running iterations end within the graceful stop. */
  STOP(1),
  /** Ends all at once. */
  ABORT(2),
  /** Changes the rate of an externally controlled scenario. */
  SET_RATE(3),
  /** Changes how many VUs take part in an externally controlled scenario. */
  SET_VUS(4),
  /** Ends all at once, since a threshold of another shard has ended the run. */
  THRESHOLD(5),
  /** Ends all at once, and first of all, since the setup has not come to its end. */
  SETUP(6);

  private final int code;

  OperatorCommand(final int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Whether it ends the run, rather than changing one scenario's load. */
  public boolean isEnd() {
    return this == STOP || this == ABORT || this == THRESHOLD || this == SETUP;
  }

  /**
   * The value of a code.
   *
   * @throws IllegalArgumentException if none has it.
   */
  public static OperatorCommand of(final int code) {
    for (final OperatorCommand value : values()) {
      if (value.code == code) {
        return value;
      }
    }
    throw new IllegalArgumentException("no OperatorCommand has code " + code);
  }
}
