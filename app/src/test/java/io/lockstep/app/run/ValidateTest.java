package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.app.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidateTest {
  private static final String OPEN =
      """
      name: open and closed
      tick: 1ms
      connections: {mode: shared, size: 16}
      scenarios:
        api:
          load: {executor: constant-arrival-rate, rate: 500, duration: 90s, max_vus: 1000, arrivals: poisson}
          requests:
            - {name: get, path: /a}
        batch:
          load: {executor: per-vu-iterations, vus: 4, iterations: 100, max_duration: 1m}
          think: {distribution: uniform, min: 10ms, max: 2s}
          requests:
            - {name: put, method: PUT, path: /b, body: x, weight: 9, timeout: 100ms}
            - {name: get, path: /a, weight: 1}
      simulate:
        servers: 8
        latency: 10ms
      """;

  private static final String FLOW =
      """
      name: flow
      scenarios:
        buy:
          load: {executor: per-vu-iterations, vus: 4, iterations: 2}
          start: [{request: {name: login, path: /login}}]
          flow:
            - request: {name: home, path: /}
            - parallel: {max: 2}
              requests: [{name: a, path: /a}, {name: b, path: /b}, {name: c, path: /c}]
            - think: {distribution: exponential, mean: 2ms}
            - choose: weighted
              options: [{weight: 3, steps: [{pace: 1s}]}, {}]
            - group: pay
              steps:
                - retry: {times: 3, backoff: {initial: 10ms}}
                  steps: [{request: {name: pay, path: /pay}}]
            - repeat: 2
              steps: [{rendezvous: {users: 2, timeout: 1s}}]
            - during: 5ms
              steps: [{think: 1ms}]
            - stop: vu
          stop: [{request: {name: logout, path: /logout}}]
      simulate: {latency: 1ms}
      """;

  @TempDir private Path directory;

  @Test
  void shouldTellWhatAClosedScenarioMeans() throws IOException {
    Scenarios.write(directory, "shop.yaml", Scenarios.SHOP);
    final Invocation valid = Invocation.of(directory, "validate", "shop.yaml");
    assertEquals(0, valid.code(), valid.err());
    Snapshot.check("validate-closed", valid.out());
  }

  @Test
  void shouldTellWhatOpenAndSeveralScenariosMean() throws IOException {
    Scenarios.write(directory, "open.yaml", OPEN);
    final Invocation valid = Invocation.of(directory, "validate", "open.yaml");
    assertEquals(0, valid.code(), valid.err());
    Snapshot.check("validate-open", valid.out());
  }

  @Test
  void shouldTellWhatAFlowMeans() throws IOException {
    Scenarios.write(directory, "flow.yaml", FLOW);
    final Invocation valid = Invocation.of(directory, "validate", "flow.yaml");
    assertEquals(0, valid.code(), valid.err());
    Snapshot.check("validate-flow", valid.out());
  }

  @Test
  void shouldRefuseARendezvousOverShards() throws IOException {
    Scenarios.write(directory, "flow.yaml", FLOW);
    final Invocation run =
        Invocation.of(directory, "run", "flow.yaml", "--simulate", "--shards", "2");
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("a rendezvous needs all VUs in one shard"), run.err());
  }

  @Test
  void shouldTellWhatEveryLoadMeans() throws IOException {
    final String[][] texts = {
      {
        "{executor: ramping-vus, stages: [{duration: 5s, target: 8}]}",
        "closed: 1 VUs, in 5s to 8, ramp-down within 30s"
      },
      {
        "{executor: shared-iterations, vus: 3, iterations: 90, max_duration: 1m}",
        "closed: 3 VUs, 90 iterations together, at most 60s"
      },
      {
        "{executor: ramping-arrival-rate, max_vus: 9, stages: [{duration: 5s, target: 8}]}",
        "open: 0 iterations per 1s (uniform), in 5s to 8, at most 9 VUs"
      },
      {
        "{executor: externally-controlled, vus: 3, max_vus: 9, rate: 4, duration: 5s}",
        "open, externally controlled: 4 iterations per 1s, 3 of 9 VUs for 5s"
      },
      {
        "{executor: capacity, start_rate: 5, step_rate: 5, max_rate: 50, step_duration: 10s,"
            + " max_vus: 9, slo: {p99: 250ms, error_rate: 0.015}}",
        "open, capacity: 5 to 50 iterations per 1s (uniform) by 5, each for 10s, at most 9 VUs,"
            + " while p99 <= 250ms, while errors <= 1.5%"
      }
    };
    for (final String[] text : texts) {
      final String file =
          "name: n\ntarget: http://127.0.0.1:1\nscenarios:\n  s:\n    load: "
              + text[0]
              + "\n    throttle: {requests_per_second: 7}\n    requests: [{path: /}]\n";
      Scenarios.write(directory, "load.yaml", file);
      final Invocation valid = Invocation.of(directory, "validate", "load.yaml");
      assertEquals(0, valid.code(), valid.err());
      assertTrue(valid.out().contains(text[1]), valid.out());
      assertTrue(valid.out().contains("7 requests per second at most, 1 at once"), valid.out());
    }
  }

  @Test
  void shouldTellThresholdsSecretsAndWhatDataDoesNotPromise() throws IOException {
    Scenarios.write(
        directory,
        "shop.yaml",
        Scenarios.SHOP
            + """
            secrets: {token: {env: SHOP_TOKEN}}
            data: {users: {rows: [{id: 1}, {id: 2}], at_end: stop-test}}
            headers: {X-User: "${users.id}", X-Token: "${secrets.token}"}
            thresholds:
              http_req_failed: ["rate<1%"]
              http_req_duration{scenario:browse}:
                - {expression: p(99) < 250ms, over: 30s, abort_on_fail: true, delay: 10s}
            """);
    final Invocation valid = Invocation.of(directory, "validate", "shop.yaml");
    assertEquals(0, valid.code(), valid.err());
    assertTrue(valid.out().contains("  secrets        token\n"), valid.out());
    assertTrue(
        valid
            .out()
            .endsWith(
                """

                thresholds
                  http_req_failed  rate<1%
                  http_req_duration{scenario:browse}  p(99) < 250ms over 30s, ends the run where it fails after 10s
                """),
        valid.out());
    assertTrue(valid.err().contains("timing decides when the test stops"), valid.err());
  }

  @Test
  void shouldPrintWarningsAndStillBeFine() throws IOException {
    Scenarios.write(
        directory,
        "hot.yaml",
        Scenarios.SHOP.replace("    think: {distribution: exponential, mean: 50ms}\n", ""));
    final Invocation valid = Invocation.of(directory, "validate", "hot.yaml");
    assertEquals(0, valid.code(), valid.err());
    assertTrue(valid.err().contains("warning: without `think`"), valid.err());
    assertTrue(valid.out().startsWith("hot.yaml is a valid scenario, with 1 warning"), valid.out());
  }

  @Test
  void shouldRefuseAWrongFileWithAllItsMistakes() throws IOException {
    Scenarios.write(
        directory,
        "bad.yaml",
        Scenarios.SHOP.replace("vus: 10", "vus: ten").replace("seed", "sede"));
    final Invocation wrong = Invocation.of(directory, "validate", "bad.yaml");
    assertEquals(2, wrong.code());
    assertEquals("", wrong.out());
    Snapshot.check("validate-bad", wrong.err().replace(directory + "/", ""));
  }
}
