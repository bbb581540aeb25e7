package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Plan;

/**
 * By which rules VUs live. A recording says by which it was made, so that it is replayed by the
 * same. Codes are stored in journals.
 */
public enum Rules {
  /**
   * Those of the first recordings: a VU whose start has failed goes on without it, and where its
   * grace in a ramp ends, its stop does too.
   */
  FIRST(0),
  /** A VU whose start has failed is complete, and a stop has the time of the graceful stop. */
  WHOLE_LIVES(1);

  /** Those of a new run. */
  static final Rules LATEST = WHOLE_LIVES;

  private final int code;

  Rules(final int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Whether a plan has what the rules are about. */
  static boolean matter(final Plan plan) {
    return plan.flow().scenarios().stream()
        .anyMatch(flow -> flow.start() != Flow.NONE || flow.stop() != Flow.NONE);
  }

  /**
   * The value of a code; the first recordings have none.
   *
   * @throws IllegalArgumentException if none has it.
   */
  public static Rules of(final long code) {
    for (final Rules value : values()) {
      if (value.code == code) {
        return value;
      }
    }
    throw new IllegalArgumentException("no Rules have code " + code);
  }
}
