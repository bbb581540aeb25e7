package io.lockstep.engine.core.machine;

/** How a run ended. Codes are stored in journals. */
public enum RunOutcome {
  /** Its work or its time was over. */
  COMPLETED(1),
  /** An operator stopped it. */
  STOPPED(2),
  /** A threshold with {@code abort_on_fail} ended it. */
  ABORTED(3);

  private final int code;

  RunOutcome(final int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Of two shards of one run: the one that says more about why it ended. */
  public RunOutcome and(final RunOutcome other) {
    return code >= other.code ? this : other;
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
