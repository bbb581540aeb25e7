package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a simulated run comes to, over any number of shards and again and again. */
final class ShardVerdictTest {
  /** Each iteration is one request of 20 ms; every seventh fails. */
  private static final String LOAD =
      """
      name: verdict
      seed: 7
      scenarios:
        main:
          load: {executor: constant-arrival-rate, rate: 200, duration: 4s, max_vus: 40}
          requests: [{name: home, path: /}]
      simulate: {latency: 20ms, errors: {reset: 0.1}}
      """;

  private static final String WINDOWS =
      LOAD
          + """
          thresholds:
            http_reqs: [{expression: "count>=199", over: 1s}, {expression: "rate<=203", over: 1s}]
            http_req_failed: [{expression: "rate<15%", over: 1s}, {expression: "rate<13%", over: 1s}]
            http_req_duration: [{expression: "p(90)<=21ms", over: 1s}, {expression: "max<1ms", over: 2s}]
          """;

  private static final String ABORT =
      LOAD
          + """
          thresholds:
            http_reqs: [{expression: "count<450", abort_on_fail: true}]
            http_req_failed: [{expression: "rate<90%", over: 1s, abort_on_fail: true}]
          """;

  private static final String STOP =
      """
      name: stop
      seed: 9
      scenarios:
        main:
          load: {executor: constant-vus, vus: 12, duration: 20s, graceful_stop: 1s}
          flow:
            - request: {name: home, path: /}
            - think: {distribution: exponential, mean: 30ms}
            - if: int(1, 300) == 1
              then: [{stop: test}]
      simulate: {latency: {distribution: lognormal, median: 20ms, sigma: 0.5}}
      """;

  @TempDir private Path directory;

  @Test
  void shouldComeToTheSameVerdictOnAnyShards() throws IOException {
    final List<JsonNode> verdicts = new ArrayList<>();
    for (final String shards : List.of("1", "2", "5")) {
      verdicts.add(run(WINDOWS, shards, "w" + shards, 99).get("thresholds"));
    }
    assertEquals(verdicts.get(0), verdicts.get(1));
    assertEquals(verdicts.get(0), verdicts.get(2));
    final List<Boolean> passed = new ArrayList<>();
    verdicts.get(0).forEach(row -> passed.add(row.get("passed").asBoolean()));
    assertTrue(passed.contains(true) && passed.contains(false), verdicts.get(0).toString());
  }

  @Test
  void shouldEndARunForTheSameThresholdOnAnyShards() throws IOException {
    for (final String shards : List.of("1", "2", "5")) {
      final JsonNode summary = run(ABORT, shards, "a" + shards, 99);
      assertEquals("aborted", summary.at("/run/outcome").asText(), shards);
      assertTrue(summary.at("/thresholds/0/endedTheRun").asBoolean(), shards);
      assertTrue(summary.at("/thresholds/1/passed").asBoolean(), shards);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ABORT, STOP, WINDOWS})
  void shouldRepeatItselfBitForBitOnThreeShards(final String scenario) throws IOException {
    final int code = scenario.equals(STOP) ? 0 : 99;
    final JsonNode first = run(scenario, "3", "r0", code);
    for (int i = 1; i < 5; i++) {
      assertEquals(first, run(scenario, "3", "r" + i, code));
    }
    if (scenario.equals(STOP)) {
      assertEquals("stopped", first.at("/run/outcome").asText());
    }
  }

  private JsonNode run(
      final String scenario, final String shards, final String name, final int code)
      throws IOException {
    Scenarios.write(directory, "verdict.yaml", scenario);
    final Invocation run =
        Invocation.of(
            directory,
            "run",
            "verdict.yaml",
            "--simulate",
            "--shards",
            shards,
            "--name",
            name,
            "--quiet");
    assertEquals(code, run.code(), run.out() + run.err());
    final Invocation replay = Invocation.of(directory, "replay", name);
    assertEquals(0, replay.code(), replay.out() + replay.err());
    return new ObjectMapper()
        .readTree(directory.resolve("runs/" + name + "/summary.json").toFile());
  }
}
