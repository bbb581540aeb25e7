package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What is known of connections beyond the times of requests: TLS handshakes, and why requests
 * failed. Of the measured phase. Allocates with handshakes and failures that say why, which are
 * rare beside responses.
 */
public final class ConnectionMetrics {
  /** Stands for the reasons of a kind beyond the first so many. */
  public static final String OTHER = ReasonCounts.OTHER;

  private final FailureMetrics failures = new FailureMetrics();
  private Histogram handshakes;
  private long resumed;

  /**
   * A reason and how often it was.
   *
   * @param outcome that it explains
   * @param text of it
   * @param count of requests
   */
  public record Reason(RequestOutcome outcome, String text, long count) {}

  ConnectionMetrics() {}

  /** Times of the handshakes that succeeded, nanoseconds; {@code null} where there was none. */
  public Histogram handshakes() {
    return handshakes;
  }

  /** Handshakes that resumed an earlier session. */
  public long resumed() {
    return resumed;
  }

  /** Failures by stage and kind. */
  public FailureMetrics failures() {
    return failures;
  }

  /** The reasons by kind, each in the order in which they first came. */
  public List<Reason> reasons() {
    final List<Reason> all = new ArrayList<>();
    for (final RequestOutcome outcome : RequestOutcome.values()) {
      failures.reasons(outcome).forEach((text, count) -> all.add(new Reason(outcome, text, count)));
    }
    return all;
  }

  void onCompleted(final Completion completion) {
    if (completion.tlsNs > 0 && completion.tlsVersion != 0) {
      histogram().recordValue(Math.min(completion.tlsNs, RequestMetrics.HIGHEST_NS));
      resumed += completion.tlsResumed ? 1 : 0;
    }
    failures.onCompleted(completion);
  }

  /** A request was not sent, since it is none that can be. */
  void onInvalidRequest(final String reason) {
    failures.onInvalidRequest(reason);
  }

  /** Adds another shard's. */
  void add(final ConnectionMetrics other) {
    if (other.handshakes != null) {
      histogram().add(other.handshakes);
    }
    resumed += other.resumed;
    failures.add(other.failures);
  }

  private Histogram histogram() {
    if (handshakes == null) {
      handshakes = RequestMetrics.histogram();
    }
    return handshakes;
  }
}
