package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.RequestMetrics;
import io.lockstep.replay.event.EventNames;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Adds a run's metrics up into rows and totals. */
final class SummaryTracker {
  private static final BigDecimal NS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);
  private static final int RATE_DECIMALS = 3;
  private static final int FIRST_BAD_STATUS = 400;
  private static final int LAST_STATUS = 999;

  private final Plan plan;
  private final MetricsTracker metrics;

  SummaryTracker(final Plan plan, final MetricsTracker metrics) {
    this.plan = plan;
    this.metrics = metrics;
  }

  List<RequestRow> rows() {
    final List<RequestRow> rows = new ArrayList<>(metrics.requestCount());
    for (int i = 0; i < metrics.requestCount(); i++) {
      final RequestMetrics request = metrics.request(i);
      rows.add(
          new RequestRow(
              EventNames.requestName(plan, i),
              request.issued(),
              rate(request.issued(), metrics.endedNs()),
              request.count(RequestOutcome.RESPONSE),
              request.failures() + request.badStatuses(),
              failures(List.of(request)),
              badStatuses(List.of(request)),
              request.bytesSent(),
              request.bytesReceived(),
              Quantiles.of(request.service()),
              Quantiles.of(request.response())));
    }
    return rows;
  }

  Totals totals() {
    final List<RequestMetrics> all = requests(metrics);
    final long issued = all.stream().mapToLong(RequestMetrics::issued).sum();
    return new Totals(
        issued,
        rate(issued, metrics.endedNs()),
        all.stream().mapToLong(request -> request.count(RequestOutcome.RESPONSE)).sum(),
        all.stream().mapToLong(request -> request.failures() + request.badStatuses()).sum(),
        failures(all),
        badStatuses(all),
        all.stream().mapToLong(RequestMetrics::bytesSent).sum(),
        all.stream().mapToLong(RequestMetrics::bytesReceived).sum(),
        metrics.completedIterations(),
        metrics.interruptedIterations(),
        metrics.owedArrivals(),
        metrics.startedArrivals(),
        metrics.droppedArrivals(),
        metrics.lateCompletions(),
        metrics.connects(),
        metrics.maxActiveVus(),
        Quantiles.of(metrics.lateness()));
  }

  static List<RequestMetrics> requests(final MetricsTracker metrics) {
    final List<RequestMetrics> all = new ArrayList<>(metrics.requestCount());
    for (int i = 0; i < metrics.requestCount(); i++) {
      all.add(metrics.request(i));
    }
    return all;
  }

  /** Per second, exact to three decimals; zero for a run without length. */
  static BigDecimal rate(final long count, final long ns) {
    return ns <= 0
        ? BigDecimal.ZERO.setScale(RATE_DECIMALS)
        : BigDecimal.valueOf(count)
            .multiply(NS_PER_SECOND)
            .divide(BigDecimal.valueOf(ns), RATE_DECIMALS, RoundingMode.HALF_UP);
  }

  private static List<Counted> failures(final List<RequestMetrics> requests) {
    final List<Counted> counted = new ArrayList<>();
    for (final RequestOutcome outcome : RequestOutcome.values()) {
      final long count = requests.stream().mapToLong(request -> request.count(outcome)).sum();
      if (outcome.isFailure() && count > 0) {
        counted.add(new Counted(outcome.key(), count));
      }
    }
    return counted;
  }

  private static List<Counted> badStatuses(final List<RequestMetrics> requests) {
    final List<Counted> counted = new ArrayList<>();
    for (int status = FIRST_BAD_STATUS; status <= LAST_STATUS; status++) {
      long count = 0;
      for (final RequestMetrics request : requests) {
        count += request.status(status);
      }
      if (count > 0) {
        counted.add(new Counted(Integer.toString(status), count));
      }
    }
    return counted;
  }
}
