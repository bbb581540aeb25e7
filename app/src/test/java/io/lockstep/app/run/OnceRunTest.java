package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Setup and teardown: that they come once, first and last, and what becomes of a run by them. */
final class OnceRunTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The setup is in the place of {@code SETUP}. */
  private static final String SCENARIO =
      """
      name: once
      seed: 3
      target: http://127.0.0.1:8080
      timeout: 5s
      headers: {X-Token: "${setup.token}"}
      setup:
        - request:
            name: login
            path: /json
            extract: {token: {json: "$.name"}, ids: {json: "$.items[*].id", index: all}}
            checks: [{status: 200, on_failure: end-test}]
        - set: {cart: 'int(1, 1000000)', half: 'cart / 2.0', ready: 'len(ids) > 0', none: 'null'}
        # MORE
      scenarios:
        shop:
          load: {executor: per-vu-iterations, vus: 5, iterations: 4, max_duration: 20s}
          start: [{request: {name: hello, path: "/echo?t=${setup.token}"}}]
          flow:
            - request: {name: item, path: "/echo?c=${setup.cart}&h=${setup.half}&r=${setup.ready}"}
            - foreach: setup.ids
              as: id
              steps: [{request: {name: one, path: "/echo?id=${id}&n=${default(setup.none, 0)}"}}]
            - think: 10ms
          stop: [{request: {name: leave, path: "/echo?t=${setup.token}"}}]
      teardown:
        - request: {name: clean, path: "/echo?bye=${setup.token}", checks: [{status: 200}]}
      simulate:
        latency: {distribution: uniform, min: 1ms, max: 30ms}
        requests:
          login: {body: '{"name": "lockstep", "items": [{"id": 1}, {"id": 2}, {"id": 3}]}'}
      """;

  private static final int REQUESTS = 5 + 5 * 4 * 4 + 5;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "5"})
  void shouldAskTheSameOnAnyNumberOfShardsTwice(final String shards) throws IOException {
    final JsonNode one = simulate("one", SCENARIO, "1", 0);
    final JsonNode many = simulate("many", SCENARIO, shards, 0);
    final JsonNode again = simulate("again", SCENARIO, shards, 0);
    assertEquals(digest(one), digest(many));
    assertEquals(many.at("/run/journalDigest").asText(), again.at("/run/journalDigest").asText());
    assertEquals(REQUESTS, many.at("/totals/issued").asInt(), "the load alone");
    assertEquals("completed", many.at("/setup/end").asText());
    assertEquals("setup/login", many.at("/setup/requests/0/name").asText());
    assertEquals(1, many.at("/setup/checks/0/passed").asInt());
    assertEquals("teardown/clean", many.at("/teardown/requests/0/name").asText());
    assertIdentical("many");
    final List<JsonNode> issued = events("many", "request_issued");
    assertEquals(REQUESTS + 2, issued.size());
    assertEquals("setup", issued.get(0).get("part").asText());
    assertEquals("teardown", issued.get(issued.size() - 1).get("part").asText());
    assertFalse(issued.get(1).has("part"));
  }

  @Test
  void shouldCountTheSetupInTheGenerationDigest() throws IOException {
    final String other = SCENARIO.replace("# MORE", "- request: {name: more, path: /echo}");
    assertNotEquals(
        digest(simulate("one", SCENARIO, "1", 0)), digest(simulate("other", other, "1", 0)));
  }

  @ParameterizedTest
  @CsvSource({"shared, 1", "shared, 2", "dedicated, 2"})
  void shouldGiveEveryVuWhatTheSetupFoundAndReplayWithoutTheTarget(
      final String threading, final String shards) throws IOException {
    Scenarios.write(directory, "once.yaml", SCENARIO);
    final Invocation run;
    final long served;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run =
          Invocation.of(
              directory,
              "run",
              "once.yaml",
              "--target",
              target.url(),
              "--name",
              "live",
              "--threading",
              threading,
              "--shards",
              shards,
              "--idle",
              "backoff",
              "--json",
              "-");
      served = target.requests();
    }
    final JsonNode summary = MAPPER.readTree(run.out());
    assertEquals(REQUESTS + 2, served, run.err());
    assertEquals(REQUESTS, summary.at("/totals/responses").asLong(), run.err());
    assertEquals(0, summary.at("/totals/errors").asLong(), run.err());
    assertTrue(run.err().contains("setup done after"), run.err());
    assertTrue(run.err().contains("teardown done after"), run.err());
    assertIdentical("live");
    final String values =
        Invocation.of(directory, "inspect", "live", "--events")
            .out()
            .lines()
            .filter(line -> line.contains("setup_value"))
            .reduce("", String::concat);
    assertTrue(
        values.contains("value=token kind=text length=8 offset=0 text=\"lockstep\""), values);
    assertTrue(values.contains("value=ids kind=list"), values);
  }

  @Test
  void shouldAskTheSameLiveAndSimulated() throws IOException {
    final JsonNode simulated = simulate("simulated", SCENARIO, "1", 0);
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      final Invocation run =
          Invocation.of(
              directory,
              "run",
              "once.yaml",
              "--target",
              target.url(),
              "--name",
              "l",
              "--json",
              "-");
      assertEquals(digest(simulated), digest(MAPPER.readTree(run.out())), run.err());
    }
  }

  @Test
  void shouldNotBeginTheLoadWhereTheSetupStopsTheTest() throws IOException {
    final JsonNode summary = simulate("s", SCENARIO.replace("# MORE", "- stop: test"), "2", 0);
    assertNothingIn(summary);
    assertEquals("stopped", summary.at("/run/outcome").asText());
    assertEquals("stopped", summary.at("/setup/end").asText());
    assertEquals("completed", summary.at("/teardown/end").asText());
    assertEquals("setup_stopped", summary.at("/validity/findings/0/code").asText());
    assertEquals(1, summary.at("/validity/findings").size());
    assertIdentical("s");
  }

  @Test
  void shouldNotBeginTheLoadWhereACheckEndsTheTest() throws IOException {
    final String text =
        SCENARIO.replace("login: {body:", "login: {status: 503, body:")
            + "thresholds: {http_req_failed: ['rate<0.5']}\n";
    final JsonNode summary = simulate("c", text, "1", 6);
    assertNothingIn(summary);
    assertEquals("check_failed", summary.at("/setup/end").asText());
    assertEquals(1, summary.at("/setup/checks/0/failed").asInt());
    assertEquals("setup_failed", summary.at("/validity/findings/0/code").asText());
    assertEquals(
        "a failed check ended the setup, so the load did not begin (setup/login: status 503; check"
            + " \"status is 200\" failed)",
        summary.at("/validity/findings/0/text").asText());
    assertEquals(1, summary.at("/validity/findings").size(), "the teardown lacks what is not set");
    assertIdentical("c");
  }

  @Test
  void shouldSayWhyTheSetupFailed() throws IOException {
    Scenarios.write(directory, "once.yaml", SCENARIO);
    final Invocation run =
        Invocation.of(
            directory, "run", "once.yaml", "--target", "http://127.0.0.1:1", "--name", "w");
    assertEquals(6, run.code(), run.out() + run.err());
    assertTrue(
        run.out()
            .contains(
                "invalid: a failed check ended the setup, so the load did not begin (setup/login:"
                    + " connect_refused; check \"status is 200\" failed)\n"),
        run.out());
    assertTrue(run.out().contains("  setup              ended by a failed check"), run.out());
    assertFalse(run.out().contains("of the teardown came to no value"), run.out());
    final JsonNode summary =
        MAPPER.readTree(Files.readString(directory.resolve("runs/w/summary.json")));
    assertEquals(1, summary.at("/setup/requests/0/failures/connect_refused").asInt());
    assertEquals("check_failed", summary.at("/setup/end").asText());
    assertIdentical("w");
  }

  @Test
  void shouldSayWhyRequestsOfTheSetupFailed() throws IOException {
    Scenarios.write(directory, "once.yaml", SCENARIO);
    final Invocation run;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      final String url = target.url().replace("http:", "https:");
      run = Invocation.of(directory, "run", "once.yaml", "--target", url, "--name", "y");
    }
    assertEquals(6, run.code(), run.out() + run.err());
    final JsonNode reason =
        MAPPER
            .readTree(Files.readString(directory.resolve("runs/y/summary.json")))
            .at("/setup/reasons/0");
    assertFalse(reason.at("/reason").asText().isEmpty(), run.out());
    assertTrue(
        run.out()
            .contains("1 " + reason.at("/failure").asText() + ": " + reason.at("/reason").asText()),
        run.out());
    assertIdentical("y");
  }

  @Test
  void shouldTellOfATeardownThatFailsByItself() throws IOException {
    final String text =
        SCENARIO
            .replace("login: {body:", "login: {status: 503, body:")
            .replace("headers: {X-Token: \"${setup.token}\"}\n", "")
            .replace("/echo?bye=${setup.token}", "/echo?bye=${1 / iteration}");
    final JsonNode summary = simulate("o", text, "1", 6);
    assertEquals("teardown_failed", summary.at("/validity/findings/1/code").asText());
    assertIdentical("o");
  }

  @Test
  void shouldBeDegradedWhereACheckEndsTheTeardown() throws IOException {
    final String text =
        SCENARIO.replace(
            "checks: [{status: 200}]}", "checks: [{status: 201, on_failure: end-test}]}");
    final JsonNode summary = simulate("td", text, "1", 0);
    assertEquals("check_failed", summary.at("/teardown/end").asText());
    assertEquals("teardown_failed", summary.at("/validity/findings/0/code").asText());
    assertEquals("degraded", summary.at("/validity/grade").asText());
    assertIdentical("td");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- during: 20m~    steps: [{request: {name: poll, path: /echo}}]~setup_timeout: 20s | not done in its"
            + " `setup_timeout` of 20 s",
        "- repeat: 1000000000~    steps: [{set: {y: '1'}}] | takes more than 1,000,000 steps"
      })
  void shouldNotPreviewASetupBeyondItsBounds(final String step, final String reason)
      throws IOException {
    Scenarios.write(
        directory,
        "once.yaml",
        SCENARIO
            .replace("ready: 'len(ids) > 0'", "ready: 'true'")
            .replace("# MORE", step.replace('~', '\n')));
    final Invocation plan = Invocation.of(directory, "plan", "once.yaml", "--vu", "2");
    assertEquals(0, plan.code(), plan.err());
    assertTrue(plan.out().contains(reason), plan.out());
    assertTrue(plan.out().contains("c=${setup.cart}"), plan.out());
    final Invocation json = Invocation.of(directory, "plan", "once.yaml", "--vu", "2", "--json");
    assertTrue(MAPPER.readTree(json.out()).get("note").asText().contains(reason), json.out());
  }

  @Test
  void shouldGoOnWhereARequestOfTheSetupFails() throws IOException {
    final String text =
        SCENARIO
            .replace("# MORE", "- request: {name: gone, path: /gone}")
            .replace("  requests:\n", "  requests:\n    gone: {errors: {reset: 1}}\n");
    final JsonNode summary = simulate("g", text, "1", 0);
    assertEquals(REQUESTS, summary.at("/totals/issued").asInt());
    assertEquals(1, summary.at("/setup/requests/1/errors").asInt());
    assertEquals("valid", summary.at("/validity/grade").asText());
  }

  @Test
  void shouldBeInvalidWhereTheSetupIsNotDoneInItsTime() throws IOException {
    final String text = SCENARIO.replace("# MORE", "- think: 1h\nsetup_timeout: 3s");
    final JsonNode summary = simulate("t", text, "1", 6);
    assertNothingIn(summary);
    assertEquals("timed_out", summary.at("/setup/end").asText());
    assertEquals(
        "the setup was not done after 3.00s, so the load did not begin: `setup_timeout` gives it"
            + " more time",
        summary.at("/validity/findings/0/text").asText());
    assertEquals("completed", summary.at("/teardown/end").asText());
    assertIdentical("t");
  }

  @Test
  void shouldBeInvalidWhereAnExpressionOfTheSetupFails() throws IOException {
    final JsonNode summary =
        simulate("e", SCENARIO.replace("# MORE", "- set: {x: 'number(token)'}"), "1", 6);
    assertNothingIn(summary);
    assertEquals("failed", summary.at("/setup/end").asText());
    assertEquals("setup_failed", summary.at("/validity/findings/0/code").asText());
    assertTrue(Invocation.of(directory, "inspect", "e", "--events").out().contains("flow_noted"));
    assertIdentical("e");
  }

  /** Connections are opened ahead for the load alone, and not for one that does not begin. */
  @ParameterizedTest
  @CsvSource({"shared, true", "shared, false", "dedicated, false"})
  void shouldOpenNothingAheadButForTheLoad(final String threading, final boolean begins)
      throws IOException {
    final String text = SCENARIO + "connections: {open_ahead: 4}\n";
    Scenarios.write(
        directory, "a.yaml", begins ? text : text.replace("# MORE", "- set: {x: 'number(token)'}"));
    final Invocation run;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run =
          Invocation.of(
              directory,
              "run",
              "a.yaml",
              "--target",
              target.url(),
              "--name",
              "a",
              "--threading",
              threading,
              "--idle",
              "backoff");
    }
    final List<Long> ahead = new ArrayList<>();
    for (final JsonNode counts : events("a", "connections_sampled")) {
      ahead.add(counts.get("ahead").asLong());
    }
    assertEquals(List.of(0L, begins ? 4L : 0L, 0L), ahead, run.out() + run.err());
    assertEquals(begins, run.out().contains(" of a core"), run.out());
    assertEquals(begins, run.out().contains("this process "), run.out());
    assertIdentical("a");
  }

  @Test
  void shouldBeDegradedWhereTheTeardownIsNotDoneInItsTime() throws IOException {
    final JsonNode summary =
        simulate(
            "d",
            SCENARIO.replace("teardown:\n", "teardown_timeout: 2s\nteardown:\n  - think: 1h\n"),
            "1",
            0);
    assertEquals(REQUESTS, summary.at("/totals/issued").asInt());
    assertEquals("timed_out", summary.at("/teardown/end").asText());
    assertEquals("teardown_failed", summary.at("/validity/findings/0/code").asText());
    assertEquals("degraded", summary.at("/validity/grade").asText());
    assertIdentical("d");
  }

  @Test
  void shouldTearDownWhatAThresholdHasEnded() throws IOException {
    final String text =
        SCENARIO.replace("iterations: 4,", "iterations: 4000,")
            + "thresholds: {http_req_duration: [{expression: 'max<1ms', abort_on_fail: true}]}\n";
    final JsonNode summary = simulate("a", text, "2", 99);
    assertEquals("aborted", summary.at("/run/outcome").asText());
    assertEquals("completed", summary.at("/teardown/end").asText());
    assertIdentical("a");
  }

  @Test
  void shouldHoldNoThresholdToWhatIsDoneOnce() throws IOException {
    final String text =
        SCENARIO.replace("login: {body:", "login: {latency: 2s, body:")
            + "thresholds: {http_req_duration: ['max<1s'], http_reqs: ['count=="
            + REQUESTS
            + "']}\n";
    simulate("h", text, "1", 0);
    Scenarios.write(
        directory,
        "named.yaml",
        SCENARIO + "thresholds: {'http_reqs{scenario:setup}': ['count>0']}\n");
    final Invocation named = Invocation.of(directory, "validate", "named.yaml");
    assertEquals(2, named.code());
    assertTrue(named.err().contains("setup"), named.err());
  }

  @Test
  void shouldReplayLongValuesInParts() throws IOException {
    final String text =
        SCENARIO.replace(
            "# MORE", "- set: {long: 'string(5000)', list: '[[1, \"a\"], [], [null, true, 2.5]]'}");
    simulate("p", text, "2", 0);
    final long parts =
        Invocation.of(directory, "inspect", "p", "--events")
            .out()
            .lines()
            .filter(line -> line.contains("setup_value") && line.contains("value=long "))
            .count();
    assertEquals(3 * ((5_000 + 215) / 216), parts, "two shards and the teardown");
    assertIdentical("p");
  }

  @Test
  void shouldNoticeAJournalOfAnotherSetup() throws IOException {
    simulate("x", SCENARIO, "1", 0);
    final Path mine = directory.resolve("runs/x/journal/setup/0");
    final Path theirs = directory.resolve("runs/x/journal/teardown/0");
    try (var files = Files.list(theirs)) {
      for (final Path file : files.filter(f -> f.toString().endsWith(".cq4")).toList()) {
        Files.copy(
            file,
            mine.resolve(file.getFileName()),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
    final Invocation replay = Invocation.of(directory, "replay", "x");
    assertEquals(3, replay.code(), replay.out());
    assertTrue(replay.out().startsWith("damaged"), replay.out());
    assertTrue(replay.out().contains("setup: "), replay.out());
  }

  @Test
  void shouldShowWhatComesBeforeARun() throws IOException {
    Scenarios.write(directory, "once.yaml", SCENARIO);
    final String setup = Invocation.of(directory, "plan", "once.yaml", "--setup").out();
    assertTrue(setup.startsWith("setup of plan once\n"), setup);
    assertTrue(setup.contains("GET /json"), setup);
    assertTrue(setup.contains("cart = "), setup);
    final String vu = Invocation.of(directory, "plan", "once.yaml", "--vu", "2").out();
    assertTrue(vu.contains("X-Token: lockstep"), vu);
    final String teardown = Invocation.of(directory, "plan", "once.yaml", "--teardown").out();
    assertTrue(teardown.contains("/echo?bye=lockstep"), teardown);
    final String plan = Invocation.of(directory, "plan", "once.yaml").out();
    assertTrue(plan.contains("1 request by one VU, for 60s at most; --setup shows it"), plan);
    final String validated = Invocation.of(directory, "validate", "once.yaml").out();
    assertTrue(validated.contains("leaves         setup.token, setup.ids, setup.cart"), validated);
    Scenarios.write(directory, "shop.yaml", Scenarios.SHOP);
    final Invocation none = Invocation.of(directory, "plan", "shop.yaml", "--setup");
    assertEquals(2, none.code());
    assertTrue(none.err().contains("shop.yaml has no setup"), none.err());
  }

  private JsonNode simulate(
      final String name, final String text, final String shards, final int code)
      throws IOException {
    Scenarios.write(directory, "once.yaml", text);
    final Invocation run =
        Invocation.of(
            directory,
            "run",
            "once.yaml",
            "--simulate",
            "--name",
            name,
            "--shards",
            shards,
            "--quiet",
            "--json",
            "-");
    assertEquals(code, run.code(), run.out() + run.err());
    return MAPPER.readTree(run.out());
  }

  private static String digest(final JsonNode summary) {
    return summary.at("/run/generationDigest").asText();
  }

  private static void assertNothingIn(final JsonNode summary) {
    assertEquals(0, summary.at("/totals/issued").asInt(), "the load did not begin");
    assertEquals(0, summary.at("/run/endedNs").asInt(), "the load did not begin");
  }

  private List<JsonNode> events(final String run, final String kind) throws IOException {
    final List<JsonNode> found = new ArrayList<>();
    final Invocation events = Invocation.of(directory, "inspect", run, "--events", "--json");
    for (final String line : events.out().lines().toList()) {
      if (line.contains("\"" + kind + "\"")) {
        found.add(MAPPER.readTree(line));
      }
    }
    return found;
  }

  private void assertIdentical(final String run) {
    final Invocation replay = Invocation.of(directory, "replay", run);
    assertEquals(0, replay.code(), replay.out() + replay.err());
    assertTrue(replay.out().startsWith("identical"), replay.out());
  }
}
