package io.lockstep.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of load profiles and of when scenarios run, each alone and at its exact place. */
class LoadErrorTest {
  @ParameterizedTest(name = "load `{0}` is refused at column {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "{executor: ramping-vus}|11|a ramping-vus load needs `stages`",
        "{executor: ramping-vus, stages: []}|43"
            + "|the list is empty, it needs at least one of its stages",
        "{executor: ramping-vus, stages: [{duration: 1s}]}|44|a stage needs `target`",
        "{executor: ramping-vus, stages: [{duration: 1s, target: -1}]}|67|`-1` is out of range",
        "{executor: ramping-vus, stages: [{duration: 0s, target: 3}]}|43"
            + "|the stages have no duration: at least one must take time",
        "{executor: ramping-vus, stages: [{duration: 8760h, target: 3}, {duration: 1s, target: 3}]}"
            + "|43|the stages last longer than 365 days (8760h) together",
        "{executor: ramping-vus, start_vus: 0, stages: [{duration: 1s, target: 0}]}|57"
            + "|no stage and no `start_vus` wants a VU: nothing would happen",
        "{executor: shared-iterations, vus: 2}|11|a shared-iterations load needs `iterations`",
        "{executor: ramping-arrival-rate, max_vus: 1, stages: [{duration: 1s, target: 0}]}|64"
            + "|the rate is zero all the time: nothing would arrive",
        "{executor: ramping-arrival-rate, max_vus: 1, time_unit: 1ms,"
            + " stages: [{duration: 1h, target: 1000000000}]}|80"
            + "|rate and duration make 1800000000000000 arrivals, at most 1000000000000",
        "{executor: externally-controlled, vus: 5, max_vus: 4, duration: 1s}|50"
            + "|`vus` is larger than `max_vus`",
        "{executor: capacity, start_rate: 5, step_rate: 1, max_rate: 4, step_duration: 1s,"
            + " max_vus: 1, slo: {p99: 1s}}|71|`max_rate` is less than `start_rate`",
        "{executor: capacity, start_rate: 1, step_rate: 1, max_rate: 20000, step_duration: 1s,"
            + " max_vus: 1, slo: {p99: 1s}}|58|the search has 20000 steps, at most 10000",
        "{executor: capacity, start_rate: 1, step_rate: 1, max_rate: 4, step_duration: 1s,"
            + " max_vus: 1, slo: {}}|110|a service-level objective needs `p99`, `error_rate` or both",
        "{executor: capacity, start_rate: 1, step_rate: 1, max_rate: 4, step_duration: 1s,"
            + " max_vus: 1, slo: {error_rate: 1.1}}|123|`1.1` is out of range",
      })
  void shouldRefuseALoad(final String load, final int column, final String message) {
    assertEquals(
        List.of("t.yaml:5:" + column + ": error: " + message),
        Texts.headlines(Texts.withLine(5, "    load: " + load)));
  }

  @ParameterizedTest(name = "`{0}` is refused at column {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "start_time: 5|17|a duration needs a unit, found `5`",
        "after: browse|12|scenario `browse` would wait for itself",
        "after: brows|12|there is no scenario `brows`",
        "after: 3|12|expected the name of a scenario, found the number `3`",
        "warmup: 3s|13|the warm-up lasts as long as the load: nothing would be measured",
        "pacing: 3|13|expected a pacing, found the number `3`",
        "pacing: {iterations_per_second: 0}|37|`0` is out of range",
        "throttle: {burst: 3}|15|a throttle needs `requests_per_second`",
        "throttle: {requests_per_second: 0}|37|`0` is out of range",
      })
  void shouldRefuseATiming(final String line, final int column, final String message) {
    assertEquals(
        List.of("t.yaml:6:" + column + ": error: " + message),
        Texts.headlines(Texts.withLine(6, "    " + line + "\n    think: 1s")));
  }

  @Test
  void shouldRefuseToPaceArrivals() {
    final String load =
        "    load: {executor: constant-arrival-rate, rate: 1, duration: 9s, max_vus: 1}";
    final String text =
        Texts.withLine(5, load).replace("think: 1s", "pacing: {iterations_per_second: 1}");
    assertEquals(
        List.of(
            "t.yaml:6:13: error: `pacing` is for loads whose VUs start their own iterations;"
                + " here they arrive"),
        Texts.headlines(text));
  }

  @Test
  void shouldFindTheNearestScenario() {
    final List<Diagnostic> found =
        Texts.diagnostics(two("after: brovse", "duration: 3s", "constant-vus"));
    assertEquals(1, found.size());
    assertTrue(found.get(0).notes().contains("did you mean `browse`?"), "" + found.get(0).notes());
  }

  @Test
  void shouldRefuseToComeAfterWhatHasNoPlannedEnd() {
    assertEquals(
        List.of(
            "t.yaml:9:12: error: scenario `browse` has no planned end that another one could come"
                + " after"),
        Texts.headlines(two("after: browse", "iterations: 3", "per-vu-iterations")));
  }

  @Test
  void shouldRefuseCirclesOnceForEachOfThem() {
    final String text =
        two("after: browse", "duration: 3s", "constant-vus")
            .replaceFirst("    think: 1s", "    after: next\n    think: 1s");
    assertEquals(
        List.of(
            "t.yaml:6:12: error: scenario `browse` would wait for itself",
            "t.yaml:10:12: error: scenario `next` would wait for itself"),
        Texts.headlines(text));
  }

  @Test
  void shouldStartInTheTickAfterThePlannedEnd() throws Exception {
    final Plan plan =
        ScenarioFile.parse(
            "t.yaml",
            two("after: browse\n    start_time: 2s", "duration: 3s", "constant-vus")
                .replace("duration: 3s", "duration: 3s, graceful_stop: 5s"));
    assertEquals(80_001, plan.scenarios().get(0).endTick());
    assertEquals(80_002 + 20_000, plan.scenarios().get(1).startTick());
  }

  private static String two(final String timing, final String length, final String executor) {
    return """
        name: shop
        target: http://127.0.0.1:8080/base
        scenarios:
          browse:
            load: {executor: %s, vus: 5, %s}
            think: 1s
            requests: [{path: /}]
          next:
            %s
            load: {executor: constant-vus, vus: 1, duration: 1s}
            think: 1s
            requests: [{path: /}]
        """
        .replaceFirst("%s", executor)
        .replaceFirst("%s", length)
        .replaceFirst("%s", timing);
  }
}
