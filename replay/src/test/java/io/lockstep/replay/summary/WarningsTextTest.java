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
