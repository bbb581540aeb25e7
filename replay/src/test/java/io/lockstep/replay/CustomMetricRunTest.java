package io.lockstep.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.replay.inspect.EventFilter;
import io.lockstep.replay.inspect.Inspector;
import io.lockstep.replay.shard.ReplayVerdict;
import io.lockstep.replay.summary.RunSummary;
import io.lockstep.replay.summary.SummaryJson;
import io.lockstep.replay.summary.SummaryText;
import io.lockstep.replay.summary.ThresholdRow;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file's own metrics in whole runs: figures, thresholds, shards, replay. */
final class CustomMetricRunTest {
  private static final String FILE =
      """
      name: shop
      seed: 7
      simulate: {latency: 2ms}
      metrics: {cart: trend, logins: counter, hits: rate, stock: gauge, never: trend}
      scenarios:
        s:
          load: {executor: per-vu-iterations, vus: 6, iterations: 10}
          start: [{measure: {logins: 1.5}}]
          flow:
            - request: {name: a, path: /}
            - measure: {cart: iteration + 0.25, hits: iteration < 4, stock: vu - 10}
            - if: iteration > 100
              then: [{measure: {never: 1}}]
            - think: 20ms
      thresholds:
        cart: ["p(95)<=9.3", "max==9.25", "avg<4", "count==60"]
        "logins{scenario:s}": ["count==9", "count>9"]
        hits: ["rate>=40%", "rate>50%"]
        stock: ["value<0", "max>0"]
        never: ["max<1"]
      """;

  @TempDir private Path runs;

  @Test
  void shouldComeToTheSameOverAnyShards() throws ScenarioException {
    final RunSummary one = replayed("one", 1);
    final RunSummary three = replayed("three", 3);
    assertEquals(one.custom(), three.custom());
    assertEquals(one.thresholds(), three.thresholds());
    assertEquals(
        List.of(true, true, false, true, true, false, true, false, true, false, false),
        one.thresholds().stream().map(ThresholdRow::passed).toList(),
        one.thresholds()::toString);
    assertEquals("4.75", one.thresholds().get(2).text());
    assertEquals("no samples", one.thresholds().get(10).text());
  }

  @Test
  void shouldShowThem() throws ScenarioException {
    final RunSummary summary = replayed("shown", 2);
    final String text = SummaryText.of(summary, false, false);
    assertTrue(text.contains("metric"), text);
    assertTrue(
        text.matches("(?s).*\\n +cart +60 +- +- +0.25 +4.75 +4.25[0-9]* .* 9.25\\n.*"), text);
    assertTrue(text.matches("(?s).*\\n +logins +9 +[0-9.]+/s +- .*"), text);
    assertTrue(text.matches("(?s).*\\n +hits +60 +40 % +- .*"), text);
    final String json = SummaryJson.text(summary);
    assertTrue(json.contains("\"name\" : \"stock\",\n    \"kind\" : \"gauge\",\n"), json);
    assertTrue(json.contains("\"avg\" : 4.75,"), json);
  }

  @Test
  void shouldShowNothingWhereThereAreNone() throws ScenarioException {
    final Plan plan =
        ScenarioFile.parse(
            "t.yaml",
            "name: t\nsimulate: {latency: 1ms}\nscenarios:\n  s:\n"
                + "    load: {executor: per-vu-iterations, vus: 1, iterations: 1}\n"
                + "    requests: [{name: r, path: /}]\n");
    final RunSummary summary = SimulatedRun.make(runs, "none", plan, 1, 5).summary();
    assertFalse(SummaryJson.text(summary).contains("\"metrics\""));
    assertFalse(SummaryText.of(summary, false, false).contains("metric"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "cart: error|`cart` is a trend and takes numbers, not null",
        "cart: 'choice(\"x\", \"x\")'|`cart` is a trend and takes numbers, not the text \"x\"",
        "cart: iteration - 1|`cart` is a trend and takes no number below 0",
        "logins: iteration - 1|`logins` is a counter and takes no number below 0",
        "stock: 10 * 1000000000000|`stock` is a gauge and takes numbers up to 10^12",
      })
  void shouldFailTheIterationWithoutASample(final String measure, final String why)
      throws IOException, ScenarioException {
    final Plan plan =
        ScenarioFile.parse(
            "t.yaml",
            "name: t\nsimulate: {latency: 1ms}\n"
                + "metrics: {cart: trend, logins: counter, hits: rate, stock: gauge}\n"
                + "scenarios:\n  s:\n"
                + "    load: {executor: per-vu-iterations, vus: 1, iterations: 1}\n"
                + "    flow: [{request: {name: r, path: /}}, {measure: {"
                + measure
                + "}}]\n");
    final SimulatedRun run = SimulatedRun.make(runs, "failed", plan, 1, 5);
    assertEquals(1, run.summary().totals().iterationsFailed());
    final StringBuilder out = new StringBuilder();
    new Inspector(run.directory(), plan).events(EventFilter.ALL, false, out);
    assertTrue(out.toString().contains(why), out.toString());
  }

  private RunSummary replayed(final String id, final int shards) throws ScenarioException {
    final Plan plan = ScenarioFile.parse("shop.yaml", FILE);
    final SimulatedRun run = SimulatedRun.make(runs, id, plan, shards, 5);
    final ReplayResult result =
        new Replayer(
                new ReplayContext(run.directory(), plan, SimulatedRun.VERSION, 2, System::nanoTime))
            .replay();
    assertEquals(ReplayVerdict.IDENTICAL, result.verdict(), "" + result);
    assertEquals(run.summary(), result.summary());
    return run.summary();
  }
}
