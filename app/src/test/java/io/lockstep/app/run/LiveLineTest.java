package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.engine.core.agent.LiveCapacity;
import io.lockstep.engine.core.agent.LiveMetrics;
import io.lockstep.engine.core.metric.CapacityVerdict;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;

final class LiveLineTest {
  private static final long S = 1_000_000_000L;
  private static final long MS = 1_000_000L;

  private final LiveLine line = new LiveLine(LiveWaits.NONE);

  @Test
  void shouldShowRatesBetweenReadings() {
    assertEquals(
        "1s/30s  50 VUs  1,000/s  p99 12.3ms service 15.0ms response  0 errors",
        line.render(
            new LiveMetrics(
                S, 30 * S, 0.03, 50, 1_040, 1_000, 0, 0, 12_300_000, 15_000_000, null)));
    assertEquals(
        "3s/30s  50 VUs  2,500/s  p99 980ms service 12.0s response  7 errors  3 dropped",
        line.render(
            new LiveMetrics(3 * S, 30 * S, 0.1, 50, 6_040, 6_000, 7, 3, 980 * MS, 12 * S, null)));
  }

  @Test
  void shouldShowProgressWhereIterationsDecide() {
    assertEquals(
        "1:02:05 (42%)  1,000,000 VUs  0/s  p99 - service - response  0 errors",
        line.render(new LiveMetrics(3_725 * S, -1, 0.42, 1_000_000, 0, 0, 0, 0, -1, -1, null)));
  }

  @Test
  void shouldKeepTheRateWhenNoTimePassedBetweenReadings() {
    final LiveMetrics reading = new LiveMetrics(2 * S, 4 * S, 0.5, 1, 20, 20, 0, 0, 1, 1, null);
    final String first = line.render(reading);
    assertEquals(first, line.render(reading));
    assertEquals("2s/4s  1 VUs  10/s  p99 1ns service 1ns response  0 errors", first);
  }

  @Test
  void shouldShowTheLastStepOfACapacitySearch() {
    assertEquals(
        "1s/9s  1 VUs  10/s  p99 1ns service 1ns response  0 errors  s 50 per 60s held",
        line.render(reading(new LiveCapacity("s", 50, 60 * S, CapacityVerdict.HELD))));
    assertEquals(
        "1s/9s  1 VUs  10/s  p99 1ns service 1ns response  0 errors  s 1,055/s did not hold",
        line.render(reading(new LiveCapacity("s", 1_055, S, CapacityVerdict.TOO_SLOW))));
  }

  @Test
  void shouldSayWhatAScenarioWaitsFor() throws ScenarioException {
    final LiveWaits waits =
        LiveWaits.of(
            ScenarioFile.parse(
                "t.yaml",
                """
                name: t
                target: http://127.0.0.1:1
                scenarios:
                  browse:
                    load: {executor: constant-vus, vus: 1, duration: 10s, graceful_stop: 30s}
                    think: 1s
                    requests: [{path: /}]
                  report:
                    after: browse
                    load: {executor: constant-vus, vus: 1, duration: 10s}
                    think: 1s
                    requests: [{path: /}]
                """));
    assertEquals("", waits.text(9 * S));
    assertEquals("  report waits for browse's graceful_stop (25s)", waits.text(15 * S));
    assertEquals("", waits.text(41 * S));
    final LiveMetrics now = new LiveMetrics(15 * S, 50 * S, 0.3, 0, 0, 0, 0, 0, -1, -1, null);
    assertEquals(
        "15s/50s  0 VUs  0/s  p99 - service - response  0 errors"
            + "  report waits for browse's graceful_stop (25s)",
        new LiveLine(waits).render(now));
  }

  private static LiveMetrics reading(final LiveCapacity step) {
    return new LiveMetrics(S, 9 * S, 0.1, 1, 10, 10, 0, 0, 1, 1, step);
  }

  @Test
  void shouldWriteTimesInTheSmallestFormThatHoldsThem() {
    assertEquals("0s", LiveLine.time(999_999_999));
    assertEquals("59s", LiveLine.time(59 * S));
    assertEquals("1:00", LiveLine.time(60 * S));
    assertEquals("59:59", LiveLine.time(3_599 * S));
    assertEquals("1:00:00", LiveLine.time(3_600 * S));
  }
}
