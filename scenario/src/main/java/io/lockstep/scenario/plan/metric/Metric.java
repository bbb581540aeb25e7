package io.lockstep.scenario.plan.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What every run measures, under the names that k6 has for it wherever k6 has one. Documented in
 * {@code docs/reference/metrics.md}, which a test compares with this.
 */
public enum Metric implements Measurable {
  /** Requests. */
  HTTP_REQS(
      Of.REQUEST,
      MetricKind.COUNTER,
      MetricUnit.NONE,
      "requests that ended, with a response or a failure; not those that the end of the run cut off"),
  /** Service time. */
  HTTP_REQ_DURATION(
      Of.REQUEST,
      MetricKind.TREND,
      MetricUnit.TIME,
      "service time: last byte minus send, of complete responses of any status"),
  /** Response time. */
  HTTP_RESPONSE_TIME(
      Of.REQUEST,
      MetricKind.TREND,
      MetricUnit.TIME,
      "last byte minus intended start, of complete responses: what a user would have waited"),
  /** Time before the send. */
  HTTP_REQ_BLOCKED(
      Of.REQUEST,
      MetricKind.TREND,
      MetricUnit.TIME,
      "send minus intended start, without connecting and handshake: the wait for a free connection and the"
          + " generator's own delay, which are not told apart; of complete responses"),
  /** Connecting. */
  HTTP_REQ_CONNECTING(
      Of.REQUEST,
      MetricKind.TREND,
      MetricUnit.TIME,
      "opening the connection, through the proxy where there is one, 0 where one was open; of complete"
          + " responses"),
  /** TLS. */
  HTTP_REQ_TLS_HANDSHAKING(
      Of.REQUEST,
      MetricKind.TREND,
      MetricUnit.TIME,
      "the TLS handshake of a connection, 0 where one was open or has no TLS; of complete responses"),
  /** Sending. */
  HTTP_REQ_SENDING(
      Of.REQUEST,
      MetricKind.TREND,
      MetricUnit.TIME,
      "last byte of the request handed to the operating system minus send, of complete responses; no"
          + " samples in a simulated run"),
  /** Time to first byte. */
  HTTP_REQ_WAITING(
      Of.REQUEST,
      MetricKind.TREND,
      MetricUnit.TIME,
      "first byte of the response minus last byte of the request handed over, of complete responses;"
          + " minus send in a simulated run"),
  /** Receiving. */
  HTTP_REQ_RECEIVING(
      Of.REQUEST,
      MetricKind.TREND,
      MetricUnit.TIME,
      "last byte minus first byte of the response, of complete responses"),
  /** Failures. */
  HTTP_REQ_FAILED(
      Of.REQUEST,
      MetricKind.RATE,
      MetricUnit.NONE,
      "share of ended requests without a complete response or with a status that is a failure: 400"
          + " or above, or one that `expect` of the request leaves out"),
  /** Iterations. */
  ITERATIONS(Of.SCENARIO, MetricKind.COUNTER, MetricUnit.NONE, "iterations that went to their end"),
  /** Times of iterations. */
  ITERATION_DURATION(
      Of.SCENARIO,
      MetricKind.TREND,
      MetricUnit.TIME,
      "from start to end, of iterations that went to their end"),
  /** Failed iterations. */
  ITERATIONS_FAILED(
      Of.SCENARIO,
      MetricKind.RATE,
      MetricUnit.NONE,
      "share of iterations that ended early since an expression came to no value, of those and the ones that"
          + " went to their end"),
  /** Failed starts. */
  STARTS_FAILED(
      Of.SCENARIO,
      MetricKind.RATE,
      MetricUnit.NONE,
      "share of the `start` flows that ended early since an expression came to no value, of those and the ones"
          + " that went to their end; in warm-ups too"),
  /** Failed stops. */
  STOPS_FAILED(Of.SCENARIO, MetricKind.RATE, MetricUnit.NONE, "the same of the `stop` flows"),
  /** Arrivals without a VU. */
  DROPPED_ITERATIONS(
      Of.SCENARIO,
      MetricKind.COUNTER,
      MetricUnit.NONE,
      "arrivals that found no free VU, and shared iterations that the end cut off before their start"),
  /** Busy VUs. */
  VUS(
      Of.SCENARIO,
      MetricKind.GAUGE,
      MetricUnit.NONE,
      "VUs in an iteration, of all shards together"),
  /** Checks. */
  CHECKS(Of.CHECK, MetricKind.RATE, MetricUnit.NONE, "share of checks that passed"),
  /** Bytes sent. */
  DATA_SENT(
      Of.REQUEST,
      MetricKind.COUNTER,
      MetricUnit.BYTES,
      "bytes of ended requests on the wire, head and body"),
  /** Bytes received. */
  DATA_RECEIVED(
      Of.REQUEST,
      MetricKind.COUNTER,
      MetricUnit.BYTES,
      "bytes of the responses to ended requests on the wire, head and body"),
  /** Times of groups. */
  GROUP_DURATION(
      Of.GROUP,
      MetricKind.TREND,
      MetricUnit.TIME,
      "from start to end, of groups of steps that went to their end"),
  /** The generator's delay. */
  LATENESS(
      Of.REQUEST,
      MetricKind.TREND,
      MetricUnit.TIME,
      "send minus intended start, of all requests that were sent");

  private final Of of;
  private final MetricKind kind;
  private final MetricUnit unit;
  private final String text;
  private final String key;

  Metric(final Of of, final MetricKind kind, final MetricUnit unit, final String text) {
    this.of = of;
    this.kind = kind;
    this.unit = unit;
    this.text = text;
    key = name().toLowerCase(Locale.ROOT);
  }

  /** What a sample of a metric belongs to, and so what can be told of it. */
  public enum Of {
    /** A request that ended. */
    REQUEST,
    /** An iteration. */
    SCENARIO,
    /** A check of a response. */
    CHECK,
    /** A group. */
    GROUP;

    private List<String> tags() {
      return switch (this) {
        case REQUEST ->
            List.of(
                Tag.SCENARIO,
                Tag.REQUEST,
                Tag.NAME,
                Tag.GROUP,
                Tag.METHOD,
                Tag.STATUS,
                Tag.ERROR,
                Tag.STAGE,
                Tag.EXPECTED_RESPONSE);
        case SCENARIO -> List.of(Tag.SCENARIO);
        case CHECK ->
            List.of(Tag.SCENARIO, Tag.REQUEST, Tag.NAME, Tag.GROUP, Tag.METHOD, Tag.CHECK);
        case GROUP -> List.of(Tag.SCENARIO, Tag.GROUP);
      };
    }
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public MetricKind kind() {
    return kind;
  }

  @Override
  public MetricUnit unit() {
    return unit;
  }

  @Override
  public List<String> tags() {
    return of.tags();
  }

  @Override
  public boolean hasUserTags() {
    return true;
  }

  /** What its samples belong to. */
  public Of of() {
    return of;
  }

  /** What it is, in a sentence without its full stop. */
  public String text() {
    return text;
  }

  /** The metric of a name. */
  public static Optional<Metric> named(final String key) {
    return Arrays.stream(values()).filter(metric -> metric.key.equals(key)).findFirst();
  }
}
