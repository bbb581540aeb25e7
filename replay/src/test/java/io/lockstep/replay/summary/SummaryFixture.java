package io.lockstep.replay.summary;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.FailureStages;
import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.FailureStage;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.PlanParts;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Timing;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.Check;
import io.lockstep.scenario.plan.metric.Comparison;
import io.lockstep.scenario.plan.metric.Expression;
import io.lockstep.scenario.plan.metric.Group;
import io.lockstep.scenario.plan.metric.Measures;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.List;

/** A small run, made by hand. */
final class SummaryFixture {
  static final long MS = 1_000_000L;
  static final long SECOND = 1_000 * MS;

  private SummaryFixture() {}

  static Plan plan() {
    return new Plan(
        "shop",
        42,
        100_000,
        null,
        new Connections(Connections.PER_VU, SECOND, 8_192, 1 << 20),
        List.of(
            new ScenarioPlan(0, "browse", 1, new Load.Closed(30_000, Load.UNLIMITED), 0, 0, 10, 0)),
        List.of(request(0, "home"), request(1, "product page, large"), request(2, "never")),
        Program.of(Program.REQUEST, 0, Program.END, 0),
        List.of(),
        List.of(),
        null,
        "ab".repeat(32));
  }

  /**
   * The same, with half a second of warm-up and something of everything that a plan can measure.
   */
  static Plan measuredPlan() {
    final Plan plan = plan();
    final ScenarioPlan browse =
        new ScenarioPlan(
            0,
            "browse",
            1,
            new Load.Closed(30_000, Load.UNLIMITED),
            0,
            0,
            10,
            0,
            new Timing(0, 4_999, 0, Timing.UNTHROTTLED, 0),
            Browsing.NONE);
    return new Plan(
            plan.name(),
            plan.seed(),
            plan.tickNs(),
            null,
            plan.connections(),
            List.of(browse),
            plan.requests(),
            plan.program(),
            plan.choices(),
            plan.thinks(),
            null,
            PlanParts.NONE,
            plan.digest())
        .withMeasures(
            new Measures(
                List.of(
                    threshold("http_req_duration", Aggregation.PERCENTILE, 99, 2e6, "p(99)<2ms", 0),
                    threshold("http_req_duration", Aggregation.AVG, 0, 1e9, "avg<1s", SECOND),
                    threshold("http_req_failed", Aggregation.RATE, 0, 0.1, "rate<10%", 0),
                    threshold("data_received", Aggregation.RATE, 0, 1e9, "rate<1GB/s", 0),
                    threshold("http_reqs", Aggregation.COUNT, 0, 1e6, "count<1000000", 0),
                    threshold("group_duration", Aggregation.MAX, 0, 1e6, "max<1ms", 0),
                    threshold("lateness", Aggregation.COUNT, 0, 1, "count<1", 0)),
                List.of(new Check("status is 200", 0), new Check("never made", 1)),
                List.of(new Group("login", 0)),
                List.of(),
                List.of(),
                List.of()));
  }

  private static Threshold threshold(
      final String metric,
      final Aggregation aggregation,
      final double percentile,
      final double bound,
      final String text,
      final long overNs) {
    return new Threshold(
        new Selector(metric, List.of()),
        new Expression(aggregation, percentile, Comparison.LESS, bound, text),
        overNs,
        false,
        0);
  }

  static MetricsTracker measuredMetrics() {
    final MetricsTracker metrics = metrics(new MetricsTracker(measuredPlan(), 1));
    for (int i = 0; i < 30; i++) {
      metrics.onCheck(0, 0, i % 10 != 0, i * SECOND / 10);
    }
    return metrics;
  }

  private static RequestPlan request(final int index, final String name) {
    return new RequestPlan(index, 0, name, "GET", "/", List.of(), "", 10_000, index);
  }

  static RunFacts facts(final TransportKind kind) {
    return new RunFacts(
        kind,
        RunOutcome.COMPLETED,
        new GenerationDigest(0x1234, 0xabcd, 1_000),
        "cd".repeat(32),
        1,
        4_321,
        123_456);
  }

  /** Three seconds: 1,500 requests, some of which fail. */
  static MetricsTracker metrics() {
    return metrics(new MetricsTracker(3));
  }

  private static MetricsTracker metrics(final MetricsTracker metrics) {
    for (int i = 0; i < 1_500; i++) {
      final long atNs = i * 2L * MS;
      final int request = i % 3 == 0 ? 1 : 0;
      metrics.onIterationStarted(0, atNs);
      metrics.onIssued(request, atNs);
      if (i % 100 == 7) {
        final Completion timeout = failure(RequestOutcome.RESPONSE_TIMEOUT, atNs);
        timeout.lastByteNs = atNs + SECOND / 10;
        timeout.stage = FailureStage.WAIT;
        timeout.reason = "nothing came in time";
        timeout.reasonNumber = 1;
        metrics.onCompleted(request, timeout, atNs);
      } else {
        metrics.onCompleted(request, completion(i, atNs), atNs);
      }
      metrics.onIterationEnded(0, i % 500 != 0, atNs, atNs + 3 * MS);
    }
    metrics.onEnded(3 * SECOND);
    return metrics;
  }

  /** A request that ended so before anything of it was sent. */
  static Completion failure(final RequestOutcome outcome, final long atNs) {
    final Completion completion = new Completion();
    completion.outcome = outcome;
    completion.sentNs = Completion.NULL_TIME;
    completion.firstByteNs = Completion.NULL_TIME;
    completion.lastByteNs = atNs;
    return completion;
  }

  static Completion completion(final int i, final long atNs) {
    final Completion completion = new Completion();
    completion.outcome = i % 200 == 11 ? RequestOutcome.RESET : RequestOutcome.RESPONSE;
    completion.status = i % 50 == 3 ? 503 : i % 75 == 5 ? 404 : 200;
    completion.connectNs = i < 10 ? MS : 0;
    completion.sentNs = atNs + 20_000;
    completion.lastByteNs = atNs + MS + i % 40 * 50_000L;
    completion.bytesSent = 100;
    completion.bytesReceived = 2_000;
    completion.stage = FailureStages.of(completion, true);
    completion.reason = completion.stage == null ? null : "ECONNRESET: port " + i / 800;
    return completion;
  }

  static Resources resources() {
    return new Resources(2, 3 * SECOND, 2 * SECOND, SECOND, 4, 10 * MS, MS, 0, 2 * MS, SECOND);
  }
}
