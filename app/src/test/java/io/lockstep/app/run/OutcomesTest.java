package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as a failure, and what is counted beside it. */
final class OutcomesTest {
  private static final String EXPECTING =
      """
      name: expecting
      scenarios:
        s:
          load: {executor: per-vu-iterations, vus: 1, iterations: 3}
          flow:
            - request: {name: gone, path: /gone%s}
            - if: failed
              then: [{log: "failed with ${status}"}]
              else: [{log: "well with ${status}"}]
            - request: {name: odd, path: /odd, expect: [2xx, 404, 410]}
            - think: 1ms
      thresholds:
        "http_req_failed{request:gone}": ["rate<1%%"]
      simulate: {latency: 1ms, requests: {gone: {status: 404}, odd: {status: 301}}}
      """;

  @TempDir private Path directory;

  @Test
  void shouldCountAnExpectedStatusAsNoFailure() throws IOException {
    Scenarios.write(directory, "e.yaml", EXPECTING.formatted(", expect: 404"));
    final Invocation run = simulate("e.yaml");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("3 (50.00 %): 3 status 301"), run.out());
    final Invocation failed = lockstep("inspect", "e.yaml", "--failed");
    assertTrue(failed.out().contains("request=odd"), failed.out());
    assertFalse(failed.out().contains("request=gone"), failed.out());
    final Invocation events = lockstep("inspect", "e.yaml", "--events");
    assertTrue(events.out().contains("well with 404"), events.out());
    assertEquals(0, lockstep("replay", "e.yaml").code());
  }

  @Test
  void shouldCountAStatusOf400OrAboveAsAFailureWhereNothingIsSaid() throws IOException {
    Scenarios.write(directory, "e.yaml", EXPECTING.formatted(""));
    final Invocation run = simulate("e.yaml");
    assertEquals(99, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("6 (100.00 %): 3 status 301, 3 status 404"), run.out());
    final Invocation events = lockstep("inspect", "e.yaml", "--events");
    assertTrue(events.out().contains("failed with 404"), events.out());
  }

  @Test
  void shouldSayHowOftenAVuWentOnAloneFromARendezvous() throws IOException {
    Scenarios.write(
        directory,
        "r.yaml",
        """
        name: alone
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 1, iterations: 4}
            flow:
              - rendezvous: {users: 2, timeout: 10ms}
              - request: {name: r, path: /}
              - think: 1ms
        simulate: {latency: 1ms}
        """);
    final Invocation run = simulate("r.yaml");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(
        run.out().matches("(?s).* rendezvous +[0-9]+ times? a VU went on alone.*"), run.out());
    final String summary = Files.readString(directory.resolve("runs/r.yaml/summary.json"));
    assertTrue(summary.contains("\"rendezvousTimeouts\""), summary);
    assertEquals(0, lockstep("replay", "r.yaml").code());
  }

  private Invocation simulate(final String file) {
    return lockstep("run", file, "--simulate", "--name", file);
  }

  private Invocation lockstep(final String... arguments) {
    return Invocation.of(directory, arguments);
  }
}
