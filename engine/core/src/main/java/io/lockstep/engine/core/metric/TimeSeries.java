package io.lockstep.engine.core.metric;

/** What happened in each second of the run (contract stub). A run longer than the rows makes rows of 2, 4, 8 … seconds. */
public final class TimeSeries {
  /** Length of a row in seconds: 1, 2, 4 … */
  public int secondsPerRow() {
    return 1;
  }

  /** Rows in use. */
  public int rows() {
    return 0;
  }

  public long issued(final int row) {
    return 0;
  }

  /** Complete responses. */
  public long responses(final int row) {
    return 0;
  }

  /** Failures and statuses of 400 or above. */
  public long errors(final int row) {
    return 0;
  }

  /** Most VUs in an iteration at once during the row. */
  public long activeVus(final int row) {
    return 0;
  }
}
