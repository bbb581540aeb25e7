package io.lockstep.scenario.plan;

/**
 * How much of a response something in the plan reads, and so how much of it the engine keeps, least
 * first; the status and the times are always there. Each includes the ones before it: the header
 * fields say how to read the body. Codes are part of the plan's digest.
 */
public enum Capture {
  /** Nothing but what is measured. */
  NONE(0),
  /** The header fields. */
  HEADERS(1),
  /** The header fields and the body. */
  BODY(2);

  private final int code;

  Capture(final int code) {
    this.code = code;
  }

  /** The stable code. */
  public int code() {
    return code;
  }

  /** What satisfies both. */
  public Capture or(final Capture other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
