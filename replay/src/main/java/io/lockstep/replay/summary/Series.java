package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.TimeSeries;
import java.util.ArrayList;
import java.util.List;

/**
 * The run over time.
 *
 * @param secondsPerRow 1, or 2, 4, 8 … in a long run
 * @param rows from the run's start
 */
public record Series(int secondsPerRow, List<Row> rows) {
  public Series {
    rows = List.copyOf(rows);
  }

  static Series of(final TimeSeries series) {
    final List<Row> rows = new ArrayList<>(series.rows());
    for (int row = 0; row < series.rows(); row++) {
      rows.add(
          new Row(
              series.issued(row),
              series.responses(row),
              series.errors(row),
              series.activeVus(row)));
    }
    return new Series(series.secondsPerRow(), rows);
  }

  /**
   * One span of time.
   *
   * @param issued requests
   * @param responses complete ones
   * @param errors failures and statuses of 400 or above
   * @param activeVus most VUs in an iteration at once
   */
  public record Row(long issued, long responses, long errors, long activeVus) {}
}
