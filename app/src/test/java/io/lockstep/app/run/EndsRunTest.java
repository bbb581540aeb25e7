package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What ends iterations, VUs and the test before their time is named, counted and judged, and so is
 * what VUs do once.
 */
final class EndsRunTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The login needs what no response has. */
  private static final String LOST_START =
      """
      name: lost
      scenarios:
        shop:
          load: {executor: constant-vus, vus: 5, duration: 2s}
          start:
            - request: {name: form, path: /form, extract: {csrf: {regex: 'value="([^"]+)"'}}}
            - request: {name: login, method: POST, path: /login, body: "csrf=${urlencode(csrf)}"}
          flow:
            - request: {name: home, path: /}
            - think: 500ms
          stop:
            - request: {name: logout, path: /logout}
      simulate: {latency: 10ms}
      """;

  private static final String LOST_STOP =
      """
      name: lost
      scenarios:
        shop:
          load: {executor: constant-vus, vus: 5, duration: 2s}
          flow:
            - request: {name: home, path: /}
            - think: 500ms
          stop:
            - request: {name: logout, path: "/logout/${json('$.id')}"}
      simulate: {latency: 10ms}
      """;

  private static final String CHECKED =
      """
      name: checked
      scenarios:
        s:
          load: {executor: constant-vus, vus: 5, duration: 5s}
          flow:
            - request:
                name: login
                path: /
                checks: [{body: {contains: welcome}, name: welcome, on_failure: END}]
            - think: 1s
      simulate: {latency: 2ms, body: "error"}
      """;

  private static final String RAMP =
      """
      name: ramp
      scenarios:
        s:
          load:
            executor: ramping-vus
            start_vus: 4
            graceful_stop: GRACE
            graceful_ramp_down: 1s
            stages: [{duration: 2s, target: 4}, {duration: 2s, target: 0}]
          flow:
            - think: 100ms
            - request: {name: home, path: /}
          stop:
            - request: {name: logout, path: /logout}
      simulate: {latency: 10ms, requests: {logout: {latency: 800ms}}}
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "5"})
  void shouldEndVusWhoseStartFailedAndSaySo(final String shards) throws IOException {
    final Invocation run = simulate(LOST_START, "--shards", shards);
    assertEquals(0, run.code(), run.out());
    assertTrue(
        run.out().contains("WARNING  start of shop: 5 of 5 failed: `urlencode(csrf)`: "),
        run.out());
    assertTrue(run.out().contains("starts_failed: [\"rate<1%\"]"), run.out());
    assertTrue(
        run.out().contains("\n  start              shop: 5 of 5 failed: `urlencode(csrf)`: "),
        run.out());
    final JsonNode summary = summary();
    assertEquals(5, summary.at("/totals/issued").asInt(), "the forms alone");
    assertEquals("start", summary.at("/once/0/flow").asText());
    assertEquals(5, summary.at("/once/0/failed").asInt());
    assertEquals(5, summary.at("/once/0/failures/0/count").asInt());
    assertEquals(1, summary.at("/once").size());
    assertIdentical();
  }

  @Test
  void shouldJudgeStartsByThresholds() throws IOException {
    final Invocation run =
        simulate(LOST_START + "thresholds: {\"starts_failed{scenario:shop}\": [\"rate<1%\"]}\n");
    assertEquals(99, run.code(), run.out());
    assertFalse(run.out().contains("no threshold asks for better"), run.out());
    final String mended = LOST_START.replace("urlencode(csrf)", "default(csrf, 1)");
    final Invocation kept =
        simulate(
            mended + "thresholds: {starts_failed: [\"rate==0\"], stops_failed: [\"rate==0\"]}\n");
    assertEquals(0, kept.code(), kept.out());
    assertFalse(kept.out().contains("WARNING"), kept.out());
    assertFalse(summary().has("once"));
  }

  @Test
  void shouldRefuseThresholdsOnStartsThatNoScenarioHas() throws IOException {
    final Invocation run =
        simulate(CHECKED.replace("END", "count") + "thresholds: {starts_failed: [\"rate==0\"]}\n");
    assertEquals(2, run.code(), run.out());
    assertTrue(run.err().contains("no scenario has a `start`"), run.err());
  }

  @Test
  void shouldSayThatStopsFailed() throws IOException {
    final Invocation run = simulate(LOST_STOP + "thresholds: {stops_failed: [\"rate==0\"]}\n");
    assertEquals(99, run.code(), run.out());
    assertTrue(run.out().contains("WARNING  stop of shop: 5 of 5 failed: "), run.out());
    assertTrue(run.out().contains("\n  stop               shop: 5 of 5 failed: "), run.out());
    assertIdentical();
  }

  @Test
  void shouldGiveStopsOfARampTheGracefulStop() throws IOException {
    final Invocation run = simulate(RAMP.replace("GRACE", "10s"));
    assertEquals(0, run.code(), run.out());
    final JsonNode summary = summary();
    assertEquals("logout", summary.at("/requests/1/name").asText());
    assertEquals(4, summary.at("/requests/1/responses").asInt());
    assertFalse(summary.has("once"));
    assertIdentical();
  }

  @Test
  void shouldSayThatStopsWereCutOff() throws IOException {
    final Invocation run = simulate(RAMP.replace("GRACE", "300ms"));
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("\n  stop               s: 4 of 4 cut off\n"), run.out());
    assertEquals(4, summary().at("/once/0/interrupted").asInt());
    assertIdentical();
  }

  @Test
  void shouldWarnOfIterationsThatAChecksEnds() throws IOException {
    final Invocation run = simulate(CHECKED.replace("END", "end-iteration"));
    assertEquals(0, run.code(), run.out());
    final long count = summary().at("/totals/iterationsCompleted").asLong();
    assertTrue(count > 10_000, "no think time stands in the way");
    assertTrue(run.out().startsWith("WARNING") || run.out().contains("\nWARNING"), run.out());
    assertTrue(run.out().contains("were ended by check \"welcome\" of login\n"), run.out());
    assertTrue(run.out().contains("nor its think times"), run.out());
    assertTrue(run.out().contains(" ended by check \"welcome\" of login\n"), run.out());
    assertEquals(count, summary().at("/ended/0/count").asLong());
    assertEquals("iteration", summary().at("/ended/0/what").asText());
    assertIdentical();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void shouldExitWith99WhereACheckEndsTheTest(final String shards) throws IOException {
    final Invocation run = simulate(CHECKED.replace("END", "end-test"), "--shards", shards);
    assertEquals(99, run.code(), run.out());
    assertTrue(
        run.out().contains("  ended by check \"welcome\" of login: VU 0 of s, iteration 0\n"),
        run.out());
    assertEquals("check", summary().at("/testEnded/by").asText());
    assertEquals("welcome", summary().at("/testEnded/check").asText());
    assertEquals(0, summary().at("/testEnded/vu").asInt());
    assertIdentical();
  }

  @Test
  void shouldSayWhichVuEndedTheTestByAStep() throws IOException {
    final Invocation run =
        simulate(
            CHECKED
                .replace("END", "count")
                .replace("- think: 1s", "- if: vu == 3\n        then: [{stop: test}]"));
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("  ended by a step `stop`: VU 3 of s, iteration 0\n"), run.out());
    assertIdentical();
  }

  @ParameterizedTest
  @CsvSource({
    "end-vu, '\n  VUs                5 ended by check \"welcome\" of login\n'",
    "count, '\n  VUs                5 ended by a step `stop`\n'",
  })
  void shouldSayWhatEndedVus(final String onFailure, final String line) throws IOException {
    final Invocation run =
        simulate(CHECKED.replace("END", onFailure).replace("- think: 1s", "- stop: vu"));
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains(line), run.out());
    assertEquals(5, summary().at("/ended/0/count").asInt());
    assertIdentical();
  }

  @Test
  void shouldSayThatVusHadNoRowLeft() throws IOException {
    final Invocation run =
        simulate(
            """
            name: rows
            data: {users: {rows: [{u: a}, {u: b}, {u: c}], mode: unique}}
            scenarios:
              shop:
                load: {executor: constant-vus, vus: 2, duration: 10s}
                flow: [{request: {name: home, path: "/${users.u}"}}, {think: 1s}]
            simulate: {latency: 10ms}
            """);
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("\n  VUs                2 ended: `users` has no row left\n"));
    assertIdentical();
  }

  @Test
  void shouldLeaveOutWhatWouldJudgeWhereSomethingDid() throws IOException {
    final Invocation run =
        simulate(
            LOST_STOP.replace("path: /}", "path: \"/${json('$.id')}\"}")
                + "thresholds: {http_reqs: [\"count>1000000\"]}\n");
    assertEquals(99, run.code(), run.out());
    assertTrue(run.out().contains("iterations failed"), run.out());
    assertFalse(run.out().contains("no threshold asks for better"), run.out());
  }

  private Invocation simulate(final String scenario, final String... more) throws IOException {
    Scenarios.write(directory, "ends.yaml", scenario);
    final String[] arguments = new String[6 + more.length];
    System.arraycopy(
        new String[] {"run", "ends.yaml", "--simulate", "--name", "run" + ++runs, "--json=s.json"},
        0,
        arguments,
        0,
        6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return Invocation.of(directory, arguments);
  }

  private int runs;

  private JsonNode summary() throws IOException {
    return MAPPER.readTree(directory.resolve("s.json").toFile());
  }

  private void assertIdentical() {
    final Invocation replay = Invocation.of(directory, "replay", "run" + runs);
    assertEquals(0, replay.code(), replay.out() + replay.err());
  }
}
