package io.lockstep.scenario.plan;

/**
 * How much of a response something in the plan reads, and so how much of it the engine keeps. Each
 * includes the ones before it. Codes are part of the plan's digest.
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
