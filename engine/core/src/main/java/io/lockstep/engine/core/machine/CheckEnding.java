package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Check;

/**
 * What a failed check ends, and which check that is, in one number: the larger, the more it ends;
 * of two that end as much the one that comes first in the plan is the larger. So of several failed
 * checks the largest counts.
 */
final class CheckEnding {
  /** Ends nothing. */
  static final int NONE = 0;

  /** Levels of what is ended. */
  static final int ITERATION = 1;

  static final int VU = 2;
  static final int TEST = 3;

  private static final int LEVEL_SHIFT = 29;
  private static final int CHECKS = 1 << LEVEL_SHIFT;

  private CheckEnding() {}

  /**
   * What a check ends where it fails.
   *
   * @param check index in the plan's measures
   */
  static int of(final Check.OnFailure onFailure, final int check) {
    return switch (onFailure) {
      case COUNT -> NONE;
      case END_ITERATION -> of(ITERATION, check);
      case END_VU -> of(VU, check);
      case END_TEST -> of(TEST, check);
    };
  }

  private static int of(final int level, final int check) {
    return (level << LEVEL_SHIFT) | (CHECKS - 1 - check);
  }

  /** How much is ended. */
  static int level(final int ending) {
    return ending >>> LEVEL_SHIFT;
  }

  /** Index of the check in the plan's measures. */
  static int check(final int ending) {
    return CHECKS - 1 - (ending & (CHECKS - 1));
  }
}
