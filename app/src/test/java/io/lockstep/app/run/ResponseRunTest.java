package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.app.SecretScan;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that read responses, against the built-in target, and their replays without it. */
final class ResponseRunTest {
  private static final String SHOP =
      """
      name: shop
      target: http://127.0.0.1:8080
      scenarios:
        browse:
          load: {executor: per-vu-iterations, vus: 4, iterations: 5}
          cookies: true
          redirects: 3
          cache: true
          flow:
            - request:
                name: login
                path: "/set-cookie?name=session&value=s1&to=/cookies"
                checks:
                  - {status: 200, name: logged in}
                  - {expression: "status == 200 && size > 5", name: by expression}
                  - {expression: "duration < 0", name: never}
                  - {json: "$.session", equals: s1}
            - request:
                name: items
                path: /json
                extract:
                  ids: {json: "$.items[*].id", index: all, type: integer}
                  one: {json: "$.items[*].id", index: random, type: integer}
                  none: {json: "$.nothing"}
                checks:
                  - {json: "$.total", equals: 5997}
                  - {json: "$.items.length()", min: 4, name: four items}
            - request:
                name: echo
                path: "/echo?one=${one}&all=${len(ids)}"
                checks:
                  - {body: {matches: 'one=[123]&all=3'}, name: "body contains one="}
            - request: {name: tagged, path: "/etag?tag=a", checks: [{status: 200}]}
            - request: {name: fresh, path: "/etag?tag=b&max_age=3600", checks: [{body: {contains: tagged}}]}
            - request: {name: loop, path: "/redirect?to=/redirect?to=/redirect?to=/redirect?to=/x"}
            - request: {name: away, path: "/redirect?to=http://example.com/"}
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"shared, 1", "dedicated, 2"})
  void shouldDoWhatABrowserDoesAndReplayItWithoutTheTarget(
      final String threading, final String shards) throws IOException {
    Scenarios.write(directory, "shop.yaml", SHOP);
    final Invocation run;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run =
          Invocation.of(
              directory,
              "run",
              "shop.yaml",
              "--target",
              target.url(),
              "--name",
              "live",
              "--threading",
              threading,
              "--shards",
              shards,
              "--idle",
              "backoff");
    }
    assertTrue(run.code() == 0 || run.code() == 6, run.out() + run.err());
    assertRow(run.out(), "login: logged in", "20 +0 ");
    assertRow(run.out(), "login: $.session is s1", "20 +0 ");
    assertRow(run.out(), "login: by expression", "20 +0 ");
    assertRow(run.out(), "login: never", "0 +20 ");
    assertRow(run.out(), "echo: body contains one=", "20 +0 ");
    assertRow(run.out(), "items: four items", "0 +20 ");
    assertRow(run.out(), "tagged: status is 200", "20 +0 ");
    assertRow(run.out(), "login", "20 +0 +0 +0 +0");
    assertRow(run.out(), "items", "0 +0 +0 +0 +0 +none 20");
    assertRow(run.out(), "tagged", "0 +0 +0 +16 +0");
    assertRow(run.out(), "fresh", "0 +0 +16 +0 +0");
    assertRow(run.out(), "away", "0 +elsewhere 20 +0 +0 +0");
    final Invocation replay = Invocation.of(directory, "replay", "live");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    final String failed = Invocation.of(directory, "inspect", "live", "--failed").out();
    assertEquals(20, failed.lines().filter(line -> line.contains("failed=[four items]")).count());
    final String events = Invocation.of(directory, "inspect", "live", "--events").out();
    assertEquals(20, count(events, "turn=elsewhere"));
    assertEquals(16, count(events, "how=fresh"));
    assertEquals(16, count(events, "how=not modified"));
    assertTrue(count(events, "turn=follow hop=1") >= 20, events);
  }

  @Test
  void shouldEndWhatAFailedCheckSays() throws IOException {
    assertEnds("end-iteration", 6, 0);
    assertEnds("end-vu", 2, 0);
  }

  @Test
  void shouldEndTheTestWhereAFailedCheckSaysSo() throws IOException {
    final String events = run("end-test", "test", 99);
    assertEquals(1, count(events, " test_stopped "));
    assertEquals(0, count(events, "request=second"));
  }

  private void assertEnds(final String onFailure, final int iterations, final int seconds)
      throws IOException {
    final String events = run(onFailure, onFailure, 0);
    assertEquals(iterations, count(events, " iteration_ended "), events);
    assertEquals(seconds, count(events, "request=second"), events);
  }

  private String run(final String onFailure, final String id, final int code) throws IOException {
    Scenarios.write(
        directory,
        "failing.yaml",
        """
        name: failing
        scenarios:
          browse:
            load: {executor: per-vu-iterations, vus: 2, iterations: 3}
            flow:
              - request: {name: first, path: /a, checks: [{status: 404, on_failure: %s}]}
              - request: {name: second, path: /b}
        simulate: {latency: 1ms}
        """
            .formatted(onFailure));
    final Invocation run =
        Invocation.of(directory, "run", "failing.yaml", "--simulate", "--name", id);
    assertEquals(code, run.code(), run.out() + run.err());
    assertEquals(0, Invocation.of(directory, "replay", id).code());
    return Invocation.of(directory, "inspect", id, "--events").out();
  }

  @Test
  void shouldGiveTheSameGenerationDigestForAnyNumberOfShards() throws IOException {
    Scenarios.write(
        directory,
        "simulated.yaml",
        SHOP.replace("name: shop", "name: simulated")
            + """
            simulate:
              latency: {distribution: uniform, min: 1ms, max: 9ms}
              headers: {Set-Cookie: "a=b; Path=/", Location: /next}
              body: '{"session": "s1", "items": [{"id": 1}]}'
              requests:
                login: {status: 302}
                tagged: {headers: {ETag: '"x"'}}
            """);
    String digest = null;
    for (final String shards : new String[] {"1", "2", "4", "1"}) {
      final String id = "s" + shards + (digest == null ? "" : "b");
      final Invocation run =
          Invocation.of(
              directory, "run", "simulated.yaml", "--simulate", "--name", id, "--shards", shards);
      assertEquals(0, run.code(), run.out() + run.err());
      final Matcher found = Pattern.compile("generation digest +(\\w+)").matcher(run.out());
      assertTrue(found.find(), run.out());
      assertTrue(digest == null || digest.equals(found.group(1)), run.out());
      digest = found.group(1);
      assertEquals(0, Invocation.of(directory, "replay", id).code(), id);
      assertRow(run.out(), "login", "60 +too_many 20 +0 +0 +0");
    }
    assertFalse(digest.isEmpty());
  }

  @Test
  void shouldRunTheExampleAgainstTheTargetAndInSimulation() throws IOException {
    final String example =
        Path.of("..", "docs", "examples", "session.yaml").toRealPath().toString();
    final Invocation simulated =
        Invocation.of(directory, "run", example, "--simulate", "--name", "simulated");
    assertEquals(0, simulated.code(), simulated.out() + simulated.err());
    final Invocation live;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      live =
          Invocation.of(
              directory,
              "run",
              example,
              "--target",
              target.url(),
              "--name",
              "live",
              "--idle",
              "backoff");
    }
    assertTrue(live.code() == 0 || live.code() == 6, live.out() + live.err());
    assertTrue(live.out().contains("all 2 thresholds"), live.out());
    for (final String id : new String[] {"simulated", "live"}) {
      final Invocation replay = Invocation.of(directory, "replay", id);
      assertEquals(0, replay.code(), replay.out() + replay.err());
    }
  }

  @Test
  void shouldSendSecretsOverHopsAndKeepThemToItself() throws IOException {
    final String secret = "s3cr3t-of-the-shop";
    Scenarios.write(
        directory,
        "secret.yaml",
        """
        name: secret
        target: http://127.0.0.1:8080
        secrets: {key: {env: KEY}}
        scenarios:
          browse:
            load: {executor: per-vu-iterations, vus: 2, iterations: 3}
            cookies: true
            redirects: 3
            flow:
              - request:
                  name: login
                  path: "/set-cookie?name=a&value=b&to=/status?code=200"
                  headers: {Authorization: "Bearer ${secrets.key}"}
                  checks: [{status: 200}]
              - parallel: {max: 2}
                requests:
                  - {name: one, path: /cookies, headers: {X-Key: "${secrets.key}"}, checks: [{status: 200}]}
                  - {name: two, path: "/redirect?to=/cookies", checks: [{status: 200}]}
        """);
    final Invocation run;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run =
          Invocation.of(
              directory,
              Map.of("KEY", secret),
              false,
              "run",
              "secret.yaml",
              "--target",
              target.url(),
              "--name",
              "live",
              "--idle",
              "backoff");
    }
    assertTrue(run.code() == 0 || run.code() == 6, run.out() + run.err());
    for (final String name : new String[] {"login", "one", "two"}) {
      assertRow(run.out(), name + ": status is 200", "6 +0 ");
    }
    final Invocation replay = Invocation.of(directory, "replay", "live");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    assertEquals(List.of(), new SecretScan(secret).below(directory));
  }

  private static void assertRow(final String out, final String name, final String rest) {
    final Pattern row = Pattern.compile("(?m)^ *" + Pattern.quote(name) + " +" + rest);
    assertTrue(row.matcher(out).find(), name + " " + rest + " in\n" + out);
  }

  private static long count(final String lines, final String part) {
    return lines.lines().filter(line -> line.contains(part)).count();
  }
}
