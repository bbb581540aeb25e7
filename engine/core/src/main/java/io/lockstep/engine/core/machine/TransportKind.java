package io.lockstep.engine.core.machine;

/** What carried the requests. Codes are stored in journals. */
public enum TransportKind {
  /** A real network. */
  NETWORK(1),
  /** The simulated target. */
  SIMULATED(2);

  private final int code;

  TransportKind(final int code) {
    this.code = code;
  }

  /** Whether its time is virtual. */
  public boolean isVirtual() {
    return this == SIMULATED;
  }

  public int code() {
    return code;
  }

  /**
   * The value of a code.
   *
   * @throws IllegalArgumentException if none has it.
   */
  public static TransportKind of(final int code) {
    for (final TransportKind value : values()) {
      if (value.code == code) {
        return value;
      }
    }
    throw new IllegalArgumentException("no TransportKind has code " + code);
  }
}
