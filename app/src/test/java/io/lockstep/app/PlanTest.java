package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanTest {
  private static final String LOADS =
      """
      name: loads
      seed: 5
      scenarios:
        crowd:
          load: {executor: ramping-vus, start_vus: 0, stages: [{duration: 30s, target: 40}, {duration: 30s, target: 10}]}
          warmup: 10s
          think: {distribution: uniform, min: 1s, max: 2s}
          requests:
            - {name: home, path: /, weight: 3}
            - {name: buy, method: POST, path: /buy, headers: {Content-Type: application/json}, body: '{"id": 1}'}
        rush:
          start_time: 15s
          load: {executor: constant-arrival-rate, rate: 10, duration: 30s, max_vus: 20, arrivals: poisson}
          flow:
            - group: page
              steps:
                - parallel: {max: 2}
                  requests: [{name: a, path: /a}, {name: b, path: /b}]
            - choose: round-robin
              options: [{steps: [{think: 3ms}]}, {steps: [{pace: 1s}]}]
            - retry: {times: 2, backoff: {initial: 1s}}
              steps: [{request: {name: c, path: /c}}]
        batch:
          load: {executor: shared-iterations, vus: 3, iterations: 7}
          requests: [{name: put, method: PUT, path: /p}]
      thresholds:
        "http_req_duration{request:home}": ["p(99)<250ms"]
        http_req_failed: [{expression: "rate<0.01", over: 30s, abort_on_fail: true, delay: 10s}]
      simulate: {latency: 1ms}
      """;

  @TempDir private Path directory;

  @BeforeEach
  void writeScenario() throws IOException {
    Scenarios.write(directory, "loads.yaml", LOADS);
  }

  @Test
  void shouldDrawAllLoadsAndTheirSum() throws IOException {
    final Invocation plan = run("plan", "loads.yaml");
    Snapshot.check("plan", plan.out());
    plan.out().lines().filter(line -> !line.contains("plan digest")).forEach(PlanTest::fits);
  }

  private static void fits(final String line) {
    assertTrue(line.length() <= 80 || line.contains("  load "), line);
  }

  @Test
  void shouldUseBlocksAndColourOnATerminalThatHasThem() {
    final Map<String, String> locale = Map.of("LANG", "C.UTF-8");
    final String rich =
        Invocation.of(directory, locale, true, "plan", "loads.yaml", "--scenario", "crowd").out();
    assertTrue(rich.contains("\u2581") && rich.contains("\u2588"), rich);
    assertTrue(rich.contains("\u001b[1m"), rich);
    final Map<String, String> plain = Map.of("NO_COLOR", "1");
    final String poor =
        Invocation.of(directory, plain, true, "plan", "loads.yaml", "--scenario", "crowd").out();
    assertFalse(poor.contains("\u001b["), poor);
    assertTrue(poor.chars().allMatch(c -> c < 128), poor);
    assertFalse(poor.contains("scenario rush"), poor);
  }

  @Test
  void shouldGivePlansToProgramsWithTheSameNumbers() throws IOException {
    final JsonNode plan = new ObjectMapper().readTree(run("plan", "loads.yaml", "--json").out());
    assertEquals(1, plan.get("format").asInt());
    final JsonNode crowd = plan.get("scenarios").get(0);
    assertEquals("open", crowd.get("certainty").asText());
    assertEquals(10_000_000_000L, crowd.get("warmupNs").asLong());
    assertEquals(60, crowd.get("plannedVus").size());
    assertEquals(0.75, crowd.get("requests").get(0).get("share").asDouble());
    final JsonNode rush = plan.get("scenarios").get(1);
    long arrivals = 0;
    for (final JsonNode count : rush.get("plannedArrivals")) {
      arrivals += count.asLong();
    }
    assertEquals(rush.get("iterations").asLong(), arrivals);
    assertEquals("exact", rush.get("certainty").asText());
    assertEquals(7, plan.get("scenarios").get(2).get("iterations").asLong());
    assertEquals(2, plan.get("thresholds").size());
  }

  @Test
  void shouldTellWhatAVuDoes() throws IOException {
    Snapshot.check("plan-vu", run("plan", "loads.yaml", "--vu", "17", "--iteration", "3").out());
  }

  @Test
  void shouldTellWhatAnArrivalDoesAndWhatResponsesCanChange() throws IOException {
    Snapshot.check(
        "plan-arrival", run("plan", "loads.yaml", "--scenario", "rush", "--arrival", "101").out());
  }

  /** The journal's digest is of the request with the secret's expression, not with any value. */
  @Test
  void shouldTellTheDigestOfARequestWithASecret() throws IOException {
    Scenarios.write(
        directory,
        "secret.yaml",
        """
        name: secret
        secrets: {token: {env: TOKEN}}
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 1, iterations: 1}
            think: 0s
            requests:
              - {name: r, path: /, headers: {Authorization: "Bearer ${secrets.token}"}}
        simulate: {latency: 1ms}
        """);
    run("run", "secret.yaml", "--simulate", "--name", "secret-run");
    final String events = run("inspect", "secret-run", "--events").out();
    final String digest = events.replaceAll("(?s).* digest=([0-9a-f]{16}).*", "$1");
    final String plan = run("plan", "secret.yaml", "--vu", "0").out();
    assertTrue(plan.contains("digest " + digest), plan + events);
  }

  /** No value is shown that is made of a name, and the digest is still the journal's. */
  @Test
  void shouldShowWhatASecretOrTheSetupDecidesAsItsExpression() throws IOException {
    Scenarios.write(
        directory,
        "shown.yaml",
        """
        name: shown
        secrets: {s: {env: S}, a: {env: A}}
        setup:
          - request: {name: login, path: /login, extract: {token: {json: "$.token"}, ids: {json: "$.ids", index: all}}}
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 1, iterations: 1}
            flow:
              - request:
                  name: signed
                  path: /${vu}
                  headers: {X-Sig: "${hmac('sha256', secrets.s, 'abc')}", X-Key: "${secrets.s}"}
              - request:
                  name: aws
                  path: /aws
                  auth: {aws_sigv4: {access_key: "${secrets.a}", secret_key: "${secrets.s}", region: r, service: x}}
              - set: {basic: 'base64("me:" + setup.token)'}
              - request:
                  name: mine
                  path: /mine?t=${setup.token}
                  headers: {A: "Bearer ${setup.token}", B: "Basic ${basic}", C: "${upper(basic)}${vu}"}
              - foreach: setup.ids
                as: id
                steps: [{request: {name: one, path: "/one/${id}"}}]
        simulate: {latency: 1ms}
        """);
    final String plan = run("plan", "shown.yaml", "--vu", "0").out();
    Snapshot.check("plan-shown", plan);
    run("run", "shown.yaml", "--simulate", "--name", "shown", "--quiet");
    final String events = run("inspect", "shown", "--events").out();
    final Matcher digests = Pattern.compile("(signed|aws)  digest ([0-9a-f]{16})").matcher(plan);
    for (int i = 0; i < 2; i++) {
      assertTrue(digests.find() && events.contains(digests.group(2)), plan + events);
    }
  }

  /** What the simulated target answers is known, so flows that go by it can be told. */
  @Test
  void shouldTellWhatARunSendsAfterSimulatedAnswers() throws IOException {
    Scenarios.write(
        directory,
        "answered.yaml",
        """
        name: answered
        setup:
          - request: {name: login, path: /login, extract: {token: {json: "$.token"}}}
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 1, iterations: 1}
            flow:
              - request: {name: x, path: /x, extract: {ids: {json: "$.ids[*]", index: all}, k: {header: X-K}}}
              - foreach: ids
                as: id
                steps: [{request: {name: one, path: "/one/${id}?k=${k}", headers: {A: "${setup.token}"}}}]
              - if: status == 404 && size == 4
                then: [{request: {name: gone, path: /gone}}]
        simulate:
          latency: 1ms
          requests:
            login: {body: '{"token": "t1"}'}
            x: {headers: {X-K: v}, body: '{"ids": [3, 5]}'}
            one: {status: 404, body: none}
        """);
    final String plan = run("plan", "answered.yaml", "--vu", "0").out();
    run("run", "answered.yaml", "--simulate", "--name", "answered", "--quiet");
    final String events = run("inspect", "answered", "--vu", "0", "--events").out();
    final Matcher digests = Pattern.compile("digest ([0-9a-f]{16})").matcher(plan);
    int requests = 0;
    while (digests.find()) {
      requests++;
      assertTrue(events.contains(digests.group(1)), plan + events);
    }
    assertEquals(4, requests, plan);
    assertTrue(plan.contains("GET /one/5?k=v\n                 A: t1\n"), plan);
    assertTrue(plan.contains("answered as\n`simulate` says, without its errors.\n"), plan);
  }

  @Test
  void shouldSayWhichResponseDecidesWhereItEnds() throws IOException {
    Scenarios.write(
        directory,
        "open.yaml",
        """
        name: open
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 1, iterations: 1}
            flow:
              - request: {name: x, path: /x, extract: {n: {json: "$.n"}, ids: {json: "$.ids", index: all}}}
              - if: n == 3
                then: [{request: {name: three, path: /three}}]
              - foreach: ids
                as: id
                steps: [{request: {name: one, path: "/one/${id}"}}]
              - foreach: '[]'
                as: none
                steps: [{log: "${none}"}]
              - request: {name: z, path: /z, extract: {n: {json: "$.n"}}}
              - set: {m: n}
              - request: {name: y, path: "/y/${m}"}
        simulate: {latency: 1ms}
        """);
    Snapshot.check("plan-open", run("plan", "open.yaml", "--vu", "0").out());
    final String json = run("plan", "open.yaml", "--vu", "0", "--json").out();
    final JsonNode plan = new ObjectMapper().readTree(json);
    assertEquals("open", plan.get("ending").asText());
    assertEquals(
        "m comes from the response of x or the response of z", plan.get("failure").asText());
  }

  /** Variables last as long as the VU, so what comes before an iteration is part of it. */
  @Test
  void shouldTellRowsTemplatesAndVariablesAsARunSendsThem() throws IOException {
    Scenarios.write(directory, "users.csv", "id,name\n1,Ann\n2,Bob\n3,Eve\n");
    Scenarios.write(
        directory,
        "data.yaml",
        """
        name: data
        seed: 9
        data: {users: {file: users.csv, mode: shuffle}}
        scenarios:
          buy:
            load: {executor: per-vu-iterations, vus: 3, iterations: 4}
            flow:
              - set: {total: 'default(total, 0) + int(1, 100)'}
              - if: total > 40
                then:
                  - request:
                      name: big
                      method: POST
                      path: "/users/${users.id}?n=${counter('n')}"
                      headers: {X-Id: "${uuid()}"}
                      body: '{"user": "${users.name}", "total": ${total}}'
                else: [{request: {name: small, path: "/small/${total}"}}]
              - think: 10ms
        simulate: {latency: 1ms}
        """);
    Snapshot.check("plan-data", run("plan", "data.yaml", "--vu", "1", "--iteration", "3").out());
    run("run", "data.yaml", "--simulate", "--name", "data", "--quiet");
    for (int vu = 0; vu < 3; vu++) {
      for (int iteration = 0; iteration < 4; iteration++) {
        final String which = "" + iteration;
        final String events =
            run("inspect", "data", "--vu", "" + vu, "--iteration", which, "--events").out();
        final String json =
            run("plan", "data.yaml", "--json", "--vu", "" + vu, "--iteration", which).out();
        final String digest =
            new ObjectMapper().readTree(json).findPath("request").get("digest").asText();
        assertTrue(events.contains(digest), () -> digest + " is not in\n" + events);
      }
    }
  }

  @Test
  void shouldTellAnotherStoryForAnotherSeed() throws IOException {
    final JsonNode once = preview("--vu", "17", "--iteration", "3");
    assertEquals(once, preview("--vu", "17", "--iteration", "3"));
    assertNotEquals(once.get("steps"), preview("--vu", "17", "--iteration", "4").get("steps"));
    assertNotEquals(once.get("steps"), preview("--vu", "18", "--iteration", "3").get("steps"));
    assertNotEquals(
        once.get("steps"), preview("--vu", "17", "--iteration", "3", "--seed", "6").get("steps"));
  }

  /** What a run of the same file and seed journals for that VU, told by {@code inspect}. */
  @Test
  void shouldTellTheRequestsThatARunThenMakes() throws IOException {
    run("run", "loads.yaml", "--simulate", "--name", "it", "--quiet");
    for (int iteration = 0; iteration < 4; iteration++) {
      final List<String> told = new ArrayList<>();
      for (final JsonNode step : preview("--vu", "2", "--iteration", "" + iteration).get("steps")) {
        if (step.has("request")) {
          told.add(step.get("request").get("digest").asText());
        }
      }
      final String events =
          run("inspect", "it", "--vu", "2", "--iteration", "" + iteration, "--events").out();
      assertEquals(1, told.size());
      assertTrue(events.contains(told.get(0)), events);
    }
  }

  @Test
  void shouldCutWhatIsLongerThanAskedForAndSaySo() {
    final String out = run("plan", "loads.yaml", "--vu", "0", "--steps", "1").out();
    assertTrue(out.contains("1 steps are shown, and there are more"), out);
  }

  @Test
  void shouldSayWhyThereIsNoSuchIteration() {
    refuse("there is no VU 99: the plan has VUs 0 to 62", "--vu", "99");
    refuse("several scenarios have arrivals: add --scenario", "--arrival", "1");
    refuse("--iteration 3 of whom? Add --vu N", "--iteration", "3");
    refuse("VU 41 is of scenario rush, whose iterations do not depend", "--vu", "41");
    refuse("VU 3 is not of scenario rush", "--scenario", "rush", "--vu", "3");
    refuse("scenario batch ends before 7", "--scenario", "batch", "--arrival", "7");
    refuse("scenario rush ends before 9,999", "--scenario", "rush", "--arrival", "9999");
    refuse("scenario crowd has no arrivals", "--scenario", "crowd", "--arrival", "1");
    refuse("--arrival stands for itself", "--arrival", "1", "--vu", "1");
    refuse("there is no scenario 'rusk'; did you mean rush?", "--scenario", "rusk");
  }

  private void refuse(final String why, final String... options) {
    final List<String> words = new ArrayList<>(List.of("plan", "loads.yaml"));
    words.addAll(List.of(options));
    final Invocation refused = Invocation.of(directory, words.toArray(String[]::new));
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains(why), refused.err());
    assertEquals("", refused.out());
  }

  private JsonNode preview(final String... options) throws IOException {
    final List<String> words = new ArrayList<>(List.of("plan", "loads.yaml", "--json"));
    words.addAll(List.of(options));
    return new ObjectMapper().readTree(run(words.toArray(String[]::new)).out());
  }

  private Invocation run(final String... arguments) {
    final Invocation done = Invocation.of(directory, arguments);
    assertEquals(0, done.code(), done.err());
    return done;
  }
}
