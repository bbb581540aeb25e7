package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What is known of connections beyond the times of requests: TLS handshakes, and why requests
 * failed. Of the measured phase. Allocates with handshakes and failures that say why, which are
 * rare beside responses.
 */
public final class ConnectionMetrics {
  /** Stands for the reasons of a kind beyond the first so many. */
  public static final String OTHER = ReasonCounts.OTHER;

  private final Map<RequestOutcome, ReasonCounts> countByReason =
      new EnumMap<>(RequestOutcome.class);
  private Histogram handshakes;
  private long resumed;
  private long multiplexed;
  private long resent;

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

  /** Requests over HTTP/2. */
  public long multiplexed() {
    return multiplexed;
  }

  /** How often requests were sent again, since the target had not processed them. */
  public long resent() {
    return resent;
  }

  /** The reasons by kind, each in the order in which they first came. */
  public List<Reason> reasons() {
    final List<Reason> all = new ArrayList<>();
    countByReason.forEach(
        (outcome, counts) ->
            counts.byText().forEach((text, count) -> all.add(new Reason(outcome, text, count))));
    return all;
  }

  void onCompleted(final Completion completion) {
    multiplexed += completion.protocol == Completion.HTTP_2 ? 1 : 0;
    resent += completion.resent;
    if (completion.tlsNs > 0 && completion.tlsVersion != 0) {
      histogram().recordValue(Math.min(completion.tlsNs, RequestMetrics.HIGHEST_NS));
      resumed += completion.tlsResumed ? 1 : 0;
    }
    if (completion.reason != null) {
      add(completion.outcome, completion.reason, 1);
    }
  }

  /** A request was not sent, since it is none that can be. */
  void onInvalidRequest(final String reason) {
    add(RequestOutcome.INVALID_REQUEST, reason, 1);
  }

  /** Adds another shard's. */
  void add(final ConnectionMetrics other) {
    if (other.handshakes != null) {
      histogram().add(other.handshakes);
    }
    resumed += other.resumed;
    multiplexed += other.multiplexed;
    resent += other.resent;
    other.reasons().forEach(reason -> add(reason.outcome(), reason.text(), reason.count()));
  }

  private Histogram histogram() {
    if (handshakes == null) {
      handshakes = RequestMetrics.histogram();
    }
    return handshakes;
  }

  private void add(final RequestOutcome outcome, final String text, final long count) {
    countByReason.computeIfAbsent(outcome, any -> new ReasonCounts()).add(text, count);
  }
}
