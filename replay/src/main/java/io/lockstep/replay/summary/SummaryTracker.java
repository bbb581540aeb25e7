package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.RequestMetrics;
import io.lockstep.engine.core.metric.ThresholdResult;
import io.lockstep.engine.core.metric.WarmUp;
import io.lockstep.replay.event.EventNames;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Adds a run's metrics up into rows and totals. */
final class SummaryTracker {
  private static final BigDecimal NS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);
  private static final int RATE_DECIMALS = 3;
  private static final int FIRST_STATUS = 100;
  private static final int LAST_STATUS = 999;

  private final Plan plan;
  private final MetricsTracker metrics;

  SummaryTracker(final Plan plan, final MetricsTracker metrics) {
    this.plan = plan;
    this.metrics = metrics;
  }

  List<RequestRow> rows() {
    final List<RequestRow> rows = new ArrayList<>(metrics.figures().requestCount());
    for (int i = 0; i < metrics.figures().requestCount(); i++) {
      final RequestMetrics request = metrics.figures().request(i);
      rows.add(
          new RequestRow(
              EventNames.requestName(plan, i),
              request.issued(),
              rate(request.issued(), metrics.measuredNs(i)),
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
    final WarmUp warmUp = metrics.warmUp();
    final long issued = all.stream().mapToLong(RequestMetrics::issued).sum();
    return new Totals(
        issued,
        rate(issued, metrics.measuredNs()),
        all.stream().mapToLong(request -> request.count(RequestOutcome.RESPONSE)).sum(),
        all.stream().mapToLong(request -> request.failures() + request.badStatuses()).sum(),
        failures(all),
        badStatuses(all),
        all.stream().mapToLong(RequestMetrics::bytesSent).sum(),
        all.stream().mapToLong(RequestMetrics::bytesReceived).sum(),
        metrics.counts().completedIterations() - warmUp.completedIterations(),
        metrics.counts().interruptedIterations() - warmUp.interruptedIterations(),
        metrics.counts().failedIterations() - warmUp.failedIterations(),
        Ends.byCount(metrics.iterationFailures()),
        metrics.counts().owedArrivals() - warmUp.startedArrivals() - warmUp.droppedArrivals(),
        metrics.counts().startedArrivals() - warmUp.startedArrivals(),
        metrics.counts().droppedArrivals() - warmUp.droppedArrivals(),
        metrics.counts().lateCompletions(),
        metrics.counts().meetingTimeouts(),
        metrics.counts().connects(),
        metrics.counts().maxActiveVus(),
        Quantiles.of(metrics.figures().lateness()));
  }

  /** In the plan's order. */
  List<ThresholdRow> thresholds() {
    return metrics.thresholds().stream().map(SummaryTracker::row).toList();
  }

  private static ThresholdRow row(final ThresholdResult result) {
    return new ThresholdRow(
        result.threshold().selector().toString(),
        result.threshold().expression().text(),
        result.threshold().overNs(),
        result.threshold().abortOnFail(),
        result.passed(),
        result.sampled(),
        result.aborted(),
        Observed.decimal(result),
        Observed.unit(result),
        result.sampled() ? Observed.text(result) : Observed.NO_SAMPLES);
  }

  /** In the plan's order. */
  List<CheckRow> checks() {
    final List<CheckRow> rows = new ArrayList<>(metrics.figures().checkCount());
    for (int i = 0; i < metrics.figures().checkCount(); i++) {
      rows.add(
          new CheckRow(
              EventNames.requestName(plan, plan.measures().checks().get(i).request()),
              plan.measures().checks().get(i).name(),
              metrics.figures().check(i).passed(),
              metrics.figures().check(i).failed()));
    }
    return rows;
  }

  /** In the plan's order; groups of one name are one. */
  List<GroupRow> groups() {
    final Map<String, Histogram> timesByName = new LinkedHashMap<>();
    for (int i = 0; i < metrics.figures().groupCount(); i++) {
      final Histogram times = metrics.figures().group(i);
      timesByName.merge(EventNames.groupName(plan, i), times, SummaryTracker::sum);
    }
    return timesByName.entrySet().stream()
        .map(entry -> new GroupRow(entry.getKey(), Quantiles.of(entry.getValue())))
        .toList();
  }

  private static Histogram sum(final Histogram one, final Histogram other) {
    final Histogram sum = one.copy();
    sum.add(other);
    return sum;
  }

  /** {@code null} where nothing warms up. */
  WarmUpRow warmUp() {
    if (!metrics.warmsUp()) {
      return null;
    }
    final WarmUp warmUp = metrics.warmUp();
    return new WarmUpRow(
        metrics.endedNs() - metrics.measuredNs(),
        plan.scenarios().stream()
            .filter(scenario -> scenario.warmupTicks() > 0)
            .map(this::phase)
            .toList(),
        warmUp.issued(),
        warmUp.responses(),
        warmUp.errors(),
        warmUp.completedIterations(),
        warmUp.interruptedIterations(),
        warmUp.startedArrivals(),
        warmUp.droppedArrivals());
  }

  private WarmUpRow.Phase phase(final ScenarioPlan scenario) {
    return new WarmUpRow.Phase(
        scenario.name(), (scenario.startTick() + scenario.warmupTicks()) * plan.tickNs());
  }

  static List<RequestMetrics> requests(final MetricsTracker metrics) {
    final List<RequestMetrics> all = new ArrayList<>(metrics.figures().requestCount());
    for (int i = 0; i < metrics.figures().requestCount(); i++) {
      all.add(metrics.figures().request(i));
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
    for (int status = FIRST_STATUS; status <= LAST_STATUS; status++) {
      long count = 0;
      for (final RequestMetrics request : requests) {
        count += request.isBad(status) ? request.status(status) : 0;
      }
      if (count > 0) {
        counted.add(new Counted(Integer.toString(status), count));
      }
    }
    return counted;
  }
}
