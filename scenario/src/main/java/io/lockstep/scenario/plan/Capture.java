package io.lockstep.scenario.plan;

/**
 * How much of a response must be kept for what reads it, least first. The status and the times are
 * always there.
 */
public enum Capture {
  /** Neither head nor body. */
  NOTHING,
  /** The head. */
  HEAD,
  /** Head and body; the head says how to read the body. */
  BODY;

  /** The larger of two. */
  public Capture and(final Capture other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
