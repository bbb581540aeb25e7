package io.lockstep.engine.core.metric;

/**
 * Something that was ended before its time, and by what.
 *
 * @param what was ended
 * @param by what ended it
 * @param check index in the plan's measures; {@link #NO_CHECK} where it was none
 * @param reason why no row was left; empty where it was not that
 */
public record Ending(What what, By by, int check, String reason) {
  /** No check. */
  public static final int NO_CHECK = -1;

  /** What was ended. */
  public enum What {
    /** An iteration. */
    ITERATION,
    /** What a VU does at its start, or at its end. */
    FLOW,
    /** A VU. */
    VU,
    /** The whole test. */
    TEST
  }

  /** What ended it. */
  public enum By {
    /** A failed check. */
    CHECK,
    /** A step of the flow. */
    STEP,
    /** The end of a data source. */
    ROWS
  }
}
