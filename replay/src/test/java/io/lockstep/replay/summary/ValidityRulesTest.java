package io.lockstep.replay.summary;

import static io.lockstep.replay.summary.SummaryFixture.MS;
import static io.lockstep.replay.summary.SummaryFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.replay.summary.Validity.Grade;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidityRulesTest {
  @Test
  void shouldFindNothingInAnEasyRun() {
    assertFindings(Grade.VALID, live(SummaryFixture.metrics(), SummaryFixture.resources()));
  }

  @Test
  void shouldSayWhereNothingWasSampled() {
    assertFindings(
        Grade.DEGRADED, judge(TransportKind.NETWORK, SummaryFixture.metrics()), "not_sampled");
  }

  @Test
  void shouldCallBusyAndLateGeneratorInvalid() {
    assertFindings(Grade.INVALID, live(late(0), busy(3 * SECOND, 0, 0)), "generator_saturated");
  }

  @Test
  void shouldJudgeByTheWorstOfManyShards() {
    final Resources idle = busy(SECOND, 0, 0);
    final Resources saturated = idle.plus(busy(3 * SECOND, 0, 0)).plus(idle);
    assertFindings(Grade.INVALID, live(late(0), saturated), "generator_saturated");

    final Resources stalled = idle.plus(busy(SECOND, 150 * MS, 0)).plus(idle).plus(idle);
    assertFindings(Grade.INVALID, live(SummaryFixture.metrics(), stalled), "journal_stall");

    final Resources easy = idle.plus(idle).plus(idle).plus(idle);
    assertFindings(Grade.DEGRADED, live(late(0), easy), "late");
  }

  @Test
  void shouldNotBlameGeneratorForConnecting() {
    assertFindings(Grade.DEGRADED, live(late(MS), busy(3 * SECOND, 0, 0)), "late");
  }

  @Test
  void shouldNotCallSpinningGeneratorInvalidThatIsOnTime() {
    assertFindings(Grade.VALID, live(SummaryFixture.metrics(), busy(3 * SECOND, 0, 0)));
  }

  @Test
  void shouldCallLateButIdleGeneratorDegraded() {
    assertFindings(Grade.DEGRADED, live(late(0), busy(SECOND, 0, 0)), "late");
  }

  @Test
  void shouldGradeStallsByTheirShare() {
    final MetricsTracker metrics = SummaryFixture.metrics();
    assertFindings(Grade.VALID, live(metrics, busy(SECOND, 29 * MS, 0)));
    assertFindings(Grade.DEGRADED, live(metrics, busy(SECOND, 30 * MS, 0)), "journal_stall");
    assertFindings(Grade.INVALID, live(metrics, busy(SECOND, 150 * MS, 0)), "journal_stall");
  }

  @Test
  void shouldPutGravestFindingFirst() {
    assertFindings(Grade.INVALID, live(late(0), busy(SECOND, 0, 300 * MS)), "gc", "late");
  }

  @Test
  void shouldNotJudgeSimulatedRunByItsGenerator() {
    final MetricsTracker metrics = late(0);
    metrics.samples().onResources(busy(3 * SECOND, SECOND, SECOND));

    assertFindings(Grade.VALID, judge(TransportKind.SIMULATED, metrics));
  }

  @Test
  void shouldReportDroppedArrivalsOfAnyRun() {
    final MetricsTracker metrics = SummaryFixture.metrics();
    metrics.onArrivalDropped(0, 0);

    assertFindings(Grade.DEGRADED, judge(TransportKind.SIMULATED, metrics), "arrivals_dropped");
  }

  @Test
  void shouldReportThatNothingWasMeasured() {
    assertFindings(
        Grade.DEGRADED, judge(TransportKind.SIMULATED, new MetricsTracker(3)), "nothing_measured");
  }

  @Test
  void shouldNameTheMostFrequentFailureWhereNothingWasMeasured() {
    final MetricsTracker metrics = new MetricsTracker(3);
    metrics.onCompleted(0, SummaryFixture.failure(RequestOutcome.RESET, SECOND), SECOND);
    for (int i = 0; i < 3; i++) {
      metrics.onCompleted(
          1, SummaryFixture.failure(RequestOutcome.CONNECT_REFUSED, SECOND), SECOND);
    }
    final String text = judge(TransportKind.SIMULATED, metrics).findings().get(0).text();
    assertEquals("no complete response (3 connection refused): the times have no sample", text);
  }

  @Test
  void shouldBlameThisMachineForItsLimits() {
    final MetricsTracker metrics = SummaryFixture.metrics();
    metrics.onCompleted(
        0, SummaryFixture.failure(RequestOutcome.NO_FILE_DESCRIPTOR, SECOND), SECOND);
    assertFindings(Grade.DEGRADED, live(metrics, SummaryFixture.resources()), "local_limit");
    for (int i = 0; i < 100; i++) {
      metrics.onCompleted(
          0, SummaryFixture.failure(RequestOutcome.NO_LOCAL_ADDRESS, SECOND), SECOND);
    }
    assertFindings(Grade.INVALID, live(metrics, SummaryFixture.resources()), "local_limit");
  }

  private static MetricsTracker late(final long connectNs) {
    final MetricsTracker metrics = new MetricsTracker(3);
    for (int i = 0; i < 100; i++) {
      metrics.onIssued(0, 0);
      final Completion completion = SummaryFixture.completion(0, 0);
      completion.connectNs = connectNs;
      completion.sentNs = 50 * MS;
      completion.lastByteNs = 51 * MS;
      metrics.onCompleted(0, completion, 0);
    }
    return metrics;
  }

  private static Resources busy(final long busiestNs, final long journalNs, final long gcNs) {
    return new Resources(2, 3 * SECOND, busiestNs, MS, 1, gcNs, journalNs, 0, MS, busiestNs);
  }

  private static Validity live(final MetricsTracker metrics, final Resources resources) {
    metrics.samples().onResources(resources);
    return judge(TransportKind.NETWORK, metrics);
  }

  private static Validity judge(final TransportKind kind, final MetricsTracker metrics) {
    return ValidityRules.apply(SummaryFixture.plan(), SummaryFixture.facts(kind), metrics);
  }

  private static void assertFindings(
      final Grade grade, final Validity validity, final String... codes) {
    assertEquals(List.of(codes), validity.findings().stream().map(Validity.Finding::code).toList());
    assertEquals(grade, validity.grade());
  }
}
