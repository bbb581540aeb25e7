package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.FailureMetrics;
import java.util.Comparator;
import java.util.List;

/**
 * How requests failed in one way at one stage.
 *
 * @param stage key of how far they had come
 * @param kind key of the outcome
 * @param count of requests
 * @param firstNs when the first was seen, nanoseconds since run start
 * @param lastNs when the last was
 * @param reasons that are known, the most frequent first
 */
public record FailureRow(
    String stage, String kind, long count, long firstNs, long lastNs, List<Counted> reasons) {
  public FailureRow {
    reasons = List.copyOf(reasons);
  }

  /** By stage, in the order in which requests go, then by kind. */
  static List<FailureRow> of(final FailureMetrics metrics) {
    return metrics.rows().stream().map(FailureRow::of).toList();
  }

  private static FailureRow of(final FailureMetrics.Row row) {
    return new FailureRow(
        row.stage().key(),
        row.outcome().key(),
        row.count(),
        row.firstNs(),
        row.lastNs(),
        row.countByReason().entrySet().stream()
            .map(reason -> new Counted(reason.getKey(), reason.getValue()))
            .sorted(
                Comparator.comparing(Counted::count, Comparator.reverseOrder())
                    .thenComparing(Counted::name))
            .toList());
  }
}
