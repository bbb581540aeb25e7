package io.lockstep.engine.core.metric;

/** What came of a step of a capacity search. Codes are stored in journals. */
public enum CapacityVerdict {
  /** The objective held. */
  HELD(1, "the objective held"),
  /** More than one of a hundred response times was longer than allowed. */
  TOO_SLOW(2, "the 99th percentile of the response times was too long"),
  /** A larger share of the requests failed than allowed. */
  TOO_MANY_ERRORS(3, "too many requests failed"),
  /** Arrivals found no free VU, so the rate was not offered. */
  VUS_EXHAUSTED(4, "arrivals found no free VU"),
  /** Arrivals were due, but no request ended. */
  NO_RESPONSE(5, "no request ended");

  private final int code;
  private final String text;

  CapacityVerdict(final int code, final String text) {
    this.code = code;
    this.text = text;
  }

  public int code() {
    return code;
  }

  /** A few words for people. */
  public String text() {
    return text;
  }

  /**
   * The value of a code.
   *
   * @throws IllegalArgumentException if none has it.
   */
  public static CapacityVerdict of(final int code) {
    for (final CapacityVerdict value : values()) {
      if (value.code == code) {
        return value;
      }
    }
    throw new IllegalArgumentException("no CapacityVerdict has code " + code);
  }
}
