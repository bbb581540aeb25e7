package io.lockstep.engine.core.port;

/**
 * What came of asking the name service once: an input, and a measured fact that steers nothing.
 *
 * @param outcome what came of it
 * @param addresses how many there are to connect to from now on
 * @param tookNs how long it took
 * @param text the addresses where they are new, why there are none where it failed, else empty; a
 *     {@link FailureReason}
 */
public record NameLookup(Outcome outcome, int addresses, long tookNs, String text) {
  /** Most addresses that one can tell of. */
  public static final int MAX_ADDRESSES = 0xFFFE;

  /** What can come of it. Codes are stored in journals. */
  public enum Outcome {
    /** The first addresses, before the run. */
    FIRST(1),
    /** The same as before. */
    SAME(2),
    /** Others than before. */
    CHANGED(3),
    /** None; those from before stay. */
    FAILED(4);

    private final int code;

    Outcome(final int code) {
      this.code = code;
    }

    /** The stable code. */
    public int code() {
      return code;
    }

    /**
     * The outcome of a code.
     *
     * @throws IllegalArgumentException if none has it.
     */
    public static Outcome of(final int code) {
      for (final Outcome outcome : values()) {
        if (outcome.code == code) {
          return outcome;
        }
      }
      throw new IllegalArgumentException("no outcome of a lookup has code " + code);
    }
  }
}
