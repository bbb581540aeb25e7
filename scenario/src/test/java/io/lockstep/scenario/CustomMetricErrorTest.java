package io.lockstep.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.MetricKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file's own metrics mean, and where one that means nothing is refused. */
final class CustomMetricErrorTest {
  @ParameterizedTest(name = "{0} {1} {2} is refused")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{vus: gauge}|{vus: 1}|{}|`vus` is a metric that every run has: choose another name",
        "{a-b: gauge}|{a-b: 1}|{}|`a-b` is no metric's name: letters, digits and `_`,"
            + " not a digit first, at most 128",
        "{a: histogram}|{a: 1}|{}|`histogram` is not allowed here",
        "{cart: trend}|{card: 1}|{}|no metric of the file is named `card`",
        "{}|{cart: 1}|{}|no metric of the file is named `cart`",
        "{cart: trend}|{cart: 1 +}|{}|expected a value, a name or `(`, found the end",
        "{cart: trend}|{cart: 1}|{card: [max<1]}|no metric is named `card`",
        "{cart: trend}|{cart: 1}|{cart: [rate<1]}|`cart` is a trend and has no `rate`",
        "{cart: trend}|{cart: 1}|{cart: [max<1ms]}|`ms` is no unit of `max of cart`",
        "{cart: rate}|{cart: true}|{cart: [rate<2]}|a rate is from 0 to 1, or from 0% to 100%",
        "{cart: gauge}|{cart: 1}|{'cart{scenario:x}': [max<1]}|no scenario is `x`",
        "{cart: gauge}|{cart: 1}|{'cart{status:200}': [max<1]}|samples of `cart` have no tag"
            + " `status`",
      })
  void shouldRefuse(
      final String metrics, final String measure, final String thresholds, final String message) {
    final List<String> lines = Texts.headlines(file(metrics, measure, thresholds));
    assertTrue(
        lines.stream().anyMatch(line -> line.contains(message)), () -> lines + ", not " + message);
    assertEquals(1, lines.size(), lines::toString);
  }

  @Test
  void shouldRefuseToMeasureInTheSetup() {
    final String text = file("{a: trend}", "{a: 1}", "{}") + "setup: [{measure: {a: 1}}]\n";
    final List<String> lines = Texts.headlines(text);
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).endsWith("`setup` is no part of the load, and measures nothing"));
  }

  @Test
  void shouldPlanWhatIsMeasuredAndAsked() throws ScenarioException {
    final Plan plan =
        ScenarioFile.parse(
            "t.yaml",
            file(
                "{cart: trend, hits: rate, logins: counter}",
                "{cart: 1.5, hits: true, logins: 2}",
                "{cart: ['p(95)<200', 'count>1'], logins: ['rate>2.5/s']}"));
    assertEquals(
        List.of(
            CustomMetric.of("cart", MetricKind.TREND),
            CustomMetric.of("hits", MetricKind.RATE),
            CustomMetric.of("logins", MetricKind.COUNTER)),
        plan.measures().custom());
    assertEquals(
        List.of(200_000.0, 1.0, 2_500.0),
        plan.measures().thresholds().stream().map(t -> t.expression().bound()).toList());
    assertEquals(3, plan.logic().measurements().size());
    final Plan other =
        ScenarioFile.parse("t.yaml", file("{cart: trend}", "{cart: 1}", "{cart: ['max<200']}"));
    assertNotEquals(plan.digest(), other.digest());
  }

  private static String file(final String metrics, final String measure, final String thresholds) {
    return "name: t\nsimulate: {latency: 1ms}\nmetrics: "
        + metrics
        + "\nscenarios:\n  s:\n    load: {executor: per-vu-iterations, vus: 1, iterations: 1}\n"
        + "    flow:\n      - if: iteration == 0\n        then: [{measure: "
        + measure
        + "}]\n      - request: {name: r, path: /}\nthresholds: "
        + thresholds
        + "\n";
  }
}
