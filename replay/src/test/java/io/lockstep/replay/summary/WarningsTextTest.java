package io.lockstep.replay.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.scenario.plan.RequestOutcome;
import org.junit.jupiter.api.Test;

class WarningsTextTest {
  @Test
  void shouldSayFirstThatAllRequestsFailed() {
    final MetricsTracker metrics = new MetricsTracker(3);
    end(metrics, RequestOutcome.CONNECT_REFUSED, 0);
    end(metrics, RequestOutcome.RESPONSE, 503);
    final String text = text(metrics, 1);
    assertTrue(
        text.startsWith(
            "WARNING  all 2 requests failed (connect_refused, status 503): is the target up, and"
                + " are URLs right?\n  no threshold asks for better, so this is no failed run; one"
                + " that does: http_req_failed: [\"rate<1%\"]\n\n"),
        text);
  }

  @Test
  void shouldNotWarnWhereOneWentWellOrNoneEnded() {
    final MetricsTracker metrics = new MetricsTracker(3);
    metrics.onIssued(0, 0);
    assertFalse(text(metrics, 1).contains("WARNING"), "cut off by the end");
    end(metrics, RequestOutcome.RESPONSE, 200);
    end(metrics, RequestOutcome.RESET, 0);
    assertFalse(text(metrics, 1).contains("WARNING"));
  }

  @Test
  void shouldSayFirstThatIterationsFailedAndWhy() {
    final MetricsTracker metrics = new MetricsTracker(3);
    end(metrics, RequestOutcome.RESPONSE, 200);
    fail(metrics, "`b + 1`: null is no number");
    fail(metrics, "`c`: null");
    fail(metrics, "`b + 1`: null is no number");
    final String text = text(metrics, 1);
    assertTrue(
        text.startsWith("WARNING  all 3 iterations failed: `b + 1`: null is no number\n"), text);
    assertTrue(text.contains("nor its think times"), text);
    assertTrue(text.contains("iterations_failed: [\"rate<1%\"]"), text);
    assertTrue(text.contains("  2 failed: `b + 1`: null is no number\n"), text);
    assertTrue(text.contains("  1 failed: `c`: null\n"), text);
    final String json = SummaryJson.text(summary(metrics, 1));
    assertTrue(json.contains("\"reason\" : \"`c`: null\",\n"), json);
  }

  @Test
  void shouldWarnOfFailedIterationsFromFivePercentOn() {
    final MetricsTracker metrics = new MetricsTracker(3);
    fail(metrics, "why");
    for (int i = 0; i < 19; i++) {
      assertTrue(text(metrics, 1).startsWith("WARNING  "), "after " + i);
      metrics.onIterationStarted(0, 0);
      metrics.onIterationEnded(0, true, 0, 1);
    }
    assertFalse(text(metrics, 1).contains("WARNING"));
    assertTrue(text(metrics, 1).contains("1 failed: why"));
  }

  @Test
  void shouldBoundTheReasonsOfFailedIterations() {
    final MetricsTracker metrics = new MetricsTracker(3);
    for (int i = 0; i < 1_000; i++) {
      fail(metrics, i + "x".repeat(1_000));
    }
    final Totals totals = summary(metrics, 1).totals();
    assertEquals(21, totals.iterationFailures().size());
    assertEquals(1_000, totals.iterationFailures().stream().mapToLong(Counted::count).sum());
    assertTrue(totals.iterationFailures().stream().allMatch(one -> one.name().length() <= 200));
  }

  private static void fail(final MetricsTracker metrics, final String reason) {
    metrics.onIterationStarted(0, 0);
    metrics.onFailureNoted(0, reason, 0);
    metrics.onIterationFailed(0, 0, 1);
  }

  @Test
  void shouldAdviseFewerShardsWhereVusWereFreeInOthers() {
    final MetricsTracker metrics = new MetricsTracker(3);
    metrics.onArrivalStarted(0, 0);
    metrics.onIterationStarted(0, 0);
    metrics.onArrivalDropped(0, 1);
    final RunSummary alone = summary(metrics, 1);
    assertEquals("", WarningsText.divided(alone));
    final String advice = WarningsText.divided(summary(metrics, 2));
    assertTrue(
        advice.startsWith("at most 1 of " + alone.head().vus() + " VUs were busy at once"), advice);
    assertTrue(advice.endsWith("use --shards 1, or more VUs"), advice);
    assertTrue(text(metrics, 2).contains("\n  advice: at most 1 of "), text(metrics, 2));
  }

  private static void end(
      final MetricsTracker metrics, final RequestOutcome outcome, final int status) {
    final Completion completion = new Completion();
    completion.outcome = outcome;
    completion.status = status;
    completion.sentNs = 1;
    completion.firstByteNs = 2;
    completion.lastByteNs = 3;
    metrics.onIssued(0, 0);
    metrics.onCompleted(0, completion, 0);
  }

  private static String text(final MetricsTracker metrics, final int shards) {
    return SummaryText.of(summary(metrics, shards), false, false);
  }

  private static RunSummary summary(final MetricsTracker metrics, final int shards) {
    final RunFacts facts = SummaryFixture.facts(TransportKind.SIMULATED);
    return RunSummary.of(
        SummaryFixture.plan(),
        new RunFacts(
            facts.kind(),
            facts.outcome(),
            facts.generation(),
            facts.journalDigest(),
            shards,
            facts.events(),
            facts.eventBytes()),
        metrics);
  }
}
