package io.lockstep.engine.core.machine;

/** The parts of a tick, in order. Codes are stored in journals. */
public enum Phase {
  /** What came from outside, in the order it came. */
  INPUTS(1),
  /** Control deadlines, then VU timers in wheel order, then arrivals. */
  TIMERS(2);

  private final int code;

  Phase(final int code) {
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
  public static Phase of(final int code) {
    for (final Phase value : values()) {
      if (value.code == code) {
        return value;
      }
    }
    throw new IllegalArgumentException("no Phase has code " + code);
  }
}
