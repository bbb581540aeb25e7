package io.lockstep.engine.core.port;

/**
 * The rows of one feeder, as {@link io.lockstep.scenario.plan.FeederPlan} counts them. Opened by
 * whoever starts a run, and by a replay from the copy that the run keeps. Immutable, so safe for
 * all shards at once; reading allocates nothing, and fails for a row and column of the plan only
 * with a {@link FeederException}.
 */
public interface FeederSource {
  /** Stands for the length of a value that is null. */
  int NULL_VALUE = -1;

  /** How many rows there are. */
  long rows();

  /**
   * Copies a value as UTF-8 into a buffer, from an offset on.
   *
   * @param row in {@code [0, rows)}
   * @param column index in the plan's columns
   * @return its length, or {@link #NULL_VALUE}. Where that is more than the buffer has room for,
   *     what the buffer has from the offset on is of no use, and a larger one is needed.
   */
  int read(long row, int column, byte[] into, int offset);

  /** A value as text, or {@code null}; allocates. */
  String text(long row, int column);
}
