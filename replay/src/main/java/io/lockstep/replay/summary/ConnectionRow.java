package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.ConnectionMetrics;
import io.lockstep.engine.core.metric.ConnectionMetrics.Reason;
import java.util.Comparator;
import java.util.List;

/**
 * Handshakes of TLS, and how and why requests failed.
 *
 * @param handshakes that succeeded, nanoseconds; {@code null} where there was none
 * @param resumed those that resumed an earlier session
 * @param reasons by kind, the most frequent first
 * @param failures by stage and kind
 * @param isJournaled whether the journal has stages and reasons: a recording of old has not, and a
 *     simulated run has none to tell
 */
public record ConnectionRow(
    Quantiles handshakes,
    long resumed,
    List<Reason> reasons,
    List<FailureRow> failures,
    boolean isJournaled) {
  public ConnectionRow {
    failures = List.copyOf(failures);
    reasons = List.copyOf(reasons);
  }

  static ConnectionRow of(final ConnectionMetrics metrics) {
    return new ConnectionRow(
        metrics.handshakes() == null ? null : Quantiles.of(metrics.handshakes()),
        metrics.resumed(),
        metrics.reasons().stream()
            .sorted(
                Comparator.comparing(Reason::outcome)
                    .thenComparing(Reason::count, Comparator.reverseOrder())
                    .thenComparing(Reason::text))
            .toList(),
        FailureRow.of(metrics.failures()),
        metrics.failures().isJournaled());
  }
}
