package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.metric.Measures;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * The figures of each request, check and group of a plan: of its measured phase alone. Written by
 * {@link MetricsTracker} alone; allocates nothing after it was made.
 */
public final class Figures {
  private final RequestMetrics[] requests;
  private final CheckMetrics[] checks;
  private final Histogram[] groups;
  private final CustomMetrics[] custom;
  private final Histogram lateness = RequestMetrics.histogram();

  Figures(final int requestCount, final int checkCount, final int groupCount) {
    this(
        IntStream.range(0, requestCount)
            .mapToObj(i -> new RequestMetrics(requestCount))
            .toArray(RequestMetrics[]::new),
        checkCount,
        groupCount,
        new CustomMetrics[0]);
  }

  private Figures(
      final RequestMetrics[] requests,
      final int checkCount,
      final int groupCount,
      final CustomMetrics[] custom) {
    this.requests = requests;
    this.custom = custom;
    checks =
        IntStream.range(0, checkCount)
            .mapToObj(i -> new CheckMetrics())
            .toArray(CheckMetrics[]::new);
    groups =
        IntStream.range(0, groupCount)
            .mapToObj(i -> RequestMetrics.histogram())
            .toArray(Histogram[]::new);
  }

  /** Figures that nobody will look at: all requests of a plan share one place. */
  static Figures unused(final Plan plan) {
    final RequestMetrics[] shared = new RequestMetrics[plan.requests().size()];
    Arrays.fill(shared, new RequestMetrics(shared.length));
    return of(plan, shared, false);
  }

  static Figures of(final Plan plan) {
    final int count = plan.requests().size();
    final Failures failures = new Failures(plan);
    return of(
        plan,
        IntStream.range(0, count)
            .mapToObj(i -> new RequestMetrics(count, failures.bad(i)))
            .toArray(RequestMetrics[]::new),
        true);
  }

  private static Figures of(
      final Plan plan, final RequestMetrics[] requests, final boolean quantiles) {
    final Measures measures = plan.measures();
    return new Figures(
        requests,
        measures.checks().size(),
        measures.groups().size(),
        measures.custom().stream()
            .map(metric -> new CustomMetrics(metric, quantiles))
            .toArray(CustomMetrics[]::new));
  }

  /** A metric that the plan declares; by index in the plan. */
  public CustomMetrics custom(final int index) {
    return custom[index];
  }

  void onCustom(final int index, final long value, final long atNs) {
    custom[index].record(value, atNs);
  }

  /** Number of request names. */
  public int requestCount() {
    return requests.length;
  }

  /** By index in the plan. */
  public RequestMetrics request(final int index) {
    return requests[index];
  }

  /** Number of checks. */
  public int checkCount() {
    return checks.length;
  }

  /** By index in the plan. */
  public CheckMetrics check(final int index) {
    return checks[index];
  }

  /** Number of groups. */
  public int groupCount() {
    return groups.length;
  }

  /** Times of a group from start to end, nanoseconds; by index in the plan. */
  public Histogram group(final int index) {
    return groups[index];
  }

  /** Send minus intended start, of all that were sent, nanoseconds. */
  public Histogram lateness() {
    return lateness;
  }

  void onCompleted(final int request, final Completion completion, final long intendedNs) {
    final RequestMetrics metrics = requests[request];
    metrics.outcomes[completion.outcome.code()]++;
    metrics.bytesSent += completion.bytesSent;
    metrics.bytesReceived += completion.bytesReceived;
    if (completion.sentNs != Completion.NULL_TIME) {
      record(lateness, completion.sentNs - intendedNs);
    }
    if (completion.outcome == RequestOutcome.RESPONSE) {
      metrics.statuses[completion.status]++;
      record(metrics.service, completion.lastByteNs - completion.sentNs);
      record(metrics.response, completion.lastByteNs - intendedNs);
    }
  }

  void onInterrupted(final int request) {
    requests[request].outcomes[RequestOutcome.INTERRUPTED.code()]++;
  }

  void onCheck(final int check, final boolean passed) {
    if (passed) {
      checks[check].passed++;
    } else {
      checks[check].failed++;
    }
  }

  void onGroup(final int group, final long ns) {
    record(groups[group], ns);
  }

  /** Adds another shard's. */
  void add(final Figures other) {
    for (int i = 0; i < requests.length; i++) {
      requests[i].add(other.requests[i]);
    }
    for (int i = 0; i < checks.length; i++) {
      checks[i].add(other.checks[i]);
    }
    for (int i = 0; i < groups.length; i++) {
      groups[i].add(other.groups[i]);
    }
    for (int i = 0; i < custom.length; i++) {
      custom[i].add(other.custom[i]);
    }
    lateness.add(other.lateness);
  }

  private static void record(final Histogram histogram, final long valueNs) {
    histogram.recordValue(Math.max(0, Math.min(valueNs, RequestMetrics.HIGHEST_NS)));
  }
}
