package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.ConnectionMetrics;
import io.lockstep.engine.core.metric.ConnectionMetrics.Reason;
import java.util.Comparator;
import java.util.List;

/**
 * Handshakes of TLS, and why requests failed.
 *
 * @param handshakes that succeeded, nanoseconds; {@code null} where there was none
 * @param resumed those that resumed an earlier session
 * @param multiplexed requests over HTTP/2
 * @param resent how often requests were sent again, since the target had not processed them
 * @param reasons by kind, the most frequent first
 */
public record ConnectionRow(
    Quantiles handshakes, long resumed, long multiplexed, long resent, List<Reason> reasons) {
  public ConnectionRow {
    reasons = List.copyOf(reasons);
  }

  static ConnectionRow of(final ConnectionMetrics metrics) {
    return new ConnectionRow(
        metrics.handshakes() == null ? null : Quantiles.of(metrics.handshakes()),
        metrics.resumed(),
        metrics.multiplexed(),
        metrics.resent(),
        metrics.reasons().stream()
            .sorted(
                Comparator.comparing(Reason::outcome)
                    .thenComparing(Reason::count, Comparator.reverseOrder())
                    .thenComparing(Reason::text))
            .toList());
  }
}
