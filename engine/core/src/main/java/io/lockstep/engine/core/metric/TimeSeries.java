package io.lockstep.engine.core.metric;

/**
 * What happened in each second of the run. The rows are fixed; a run longer than they reach makes
 * rows of 2, 4, 8 … seconds, so memory is bounded for any run. Single writer.
 */
public final class TimeSeries {
  private static final int ROWS = 4096;
  private static final long SECOND_NS = 1_000_000_000L;

  private final long[] issued = new long[ROWS];
  private final long[] responses = new long[ROWS];
  private final long[] errors = new long[ROWS];
  private final long[] activeVus = new long[ROWS];
  private int secondsPerRow = 1;
  private int row;
  private long rowStartNs;
  private long rowEndNs = SECOND_NS;
  private int rows;
  private long active;

  /** Length of a row in seconds: 1, 2, 4 … */
  public int secondsPerRow() {
    return secondsPerRow;
  }

  /** Rows in use. */
  public int rows() {
    return rows;
  }

  /** Requests issued in a row. */
  public long issued(final int index) {
    return issued[index];
  }

  /** Complete responses in a row. */
  public long responses(final int index) {
    return responses[index];
  }

  /** Failures and statuses of 400 or above in a row. */
  public long errors(final int index) {
    return errors[index];
  }

  /** Most VUs in an iteration at once during a row. */
  public long activeVus(final int index) {
    return activeVus[index];
  }

  void recordIssued(final long atNs) {
    issued[rowAt(atNs)]++;
  }

  void recordEnd(final long atNs, final boolean complete, final boolean error) {
    final int index = rowAt(atNs);
    responses[index] += complete ? 1 : 0;
    errors[index] += error ? 1 : 0;
  }

  void recordActive(final long atNs, final long vus) {
    final int index = rowAt(atNs); // fills the rows since the last change with the old value
    active = vus;
    activeVus[index] = Math.max(activeVus[index], vus);
  }

  /**
   * Adds another shard's rows; the two must be of one run. The most active VUs of a row become the
   * sum of both, an upper bound.
   */
  void add(final TimeSeries other) {
    while (secondsPerRow < other.secondsPerRow) {
      halve();
    }
    final int ratio = secondsPerRow / other.secondsPerRow;
    for (int first = 0; first < other.rows; first += ratio) {
      final int index = first / ratio;
      long most = 0;
      for (int i = first; i < Math.min(first + ratio, other.rows); i++) {
        issued[index] += other.issued[i];
        responses[index] += other.responses[i];
        errors[index] += other.errors[i];
        most = Math.max(most, other.activeVus[i]);
      }
      activeVus[index] += most;
      rows = Math.max(rows, index + 1);
    }
  }

  private int rowAt(final long atNs) {
    return atNs >= rowStartNs && atNs < rowEndNs ? row : seek(atNs);
  }

  private int seek(final long atNs) {
    long index = Math.max(0, atNs) / (SECOND_NS * secondsPerRow);
    while (index >= ROWS) {
      halve();
      index = Math.max(0, atNs) / (SECOND_NS * secondsPerRow);
    }
    row = (int) index;
    rowStartNs = row * SECOND_NS * secondsPerRow;
    rowEndNs = rowStartNs + SECOND_NS * secondsPerRow;
    while (rows <= row) {
      activeVus[rows] = active;
      rows++;
    }
    return row;
  }

  private void halve() {
    for (int i = 0; i < ROWS / 2; i++) {
      issued[i] = issued[2 * i] + issued[2 * i + 1];
      responses[i] = responses[2 * i] + responses[2 * i + 1];
      errors[i] = errors[2 * i] + errors[2 * i + 1];
      activeVus[i] = Math.max(activeVus[2 * i], activeVus[2 * i + 1]);
    }
    for (int i = ROWS / 2; i < ROWS; i++) {
      issued[i] = 0;
      responses[i] = 0;
      errors[i] = 0;
      activeVus[i] = 0;
    }
    rows = (rows + 1) / 2;
    secondsPerRow *= 2;
    rowEndNs = 0;
    rowStartNs = 0;
  }
}
