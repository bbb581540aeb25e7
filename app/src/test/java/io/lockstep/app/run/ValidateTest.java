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
  void shouldTellThresholdsSecretsAndWhatDataDoesNotPromise() throws IOException {
    Scenarios.write(
        directory,
        "shop.yaml",
        Scenarios.SHOP
            + """
            secrets: {token: {env: SHOP_TOKEN}}
            data: {users: {rows: [{id: 1}, {id: 2}], at_end: stop-test}}
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
