package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thresholds of whole runs: verdict, exit code, end of the run, replay. */
final class ThresholdRunTest {
  private static final String KEPT =
      """
      thresholds:
        http_req_failed: ["rate<50%", {expression: "rate<90%", over: 1s}]
        "http_req_duration{request:home}": ["p(99)<10s"]
        dropped_iterations: ["count==0"]
      """;

  private static final String MISSED =
      """
      thresholds:
        http_req_duration: ["p(50)<1us", "max<1h"]
        "http_reqs{status:404}": ["count>0"]
        "http_req_duration{status:404}": ["avg<1h"]
      """;

  private static final String ENDING =
      """
      thresholds:
        http_req_duration: [{expression: "min>1h", abort_on_fail: true}]
      """;

  @TempDir private Path directory;

  @Test
  void shouldPassWhereAllAreKept() throws IOException {
    final Invocation run = simulate(KEPT);
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().startsWith("PASSED  all 4 thresholds\n  ok   "), run.out());
    assertEquals(0, lockstep("replay", "a").code());
  }

  @Test
  void shouldExitWith99AndSayWhichWereMissed() throws IOException {
    final Invocation run = simulate(MISSED);
    assertEquals(99, run.code(), run.out() + run.err());
    assertTrue(run.out().startsWith("FAILED  3 of 4 thresholds\n"), run.out());
    assertTrue(run.out().contains("no samples"), run.out());
    final JsonNode rows = summary().at("/thresholds");
    assertEquals(4, rows.size());
    assertFalse(rows.get(0).get("passed").asBoolean());
    assertTrue(rows.get(0).get("observed").asLong() > 1_000);
    assertTrue(rows.get(1).get("passed").asBoolean());
    assertEquals("0", rows.get(2).get("text").asText());
    assertTrue(rows.get(3).get("observed").isNull());
    final Invocation replay = lockstep("replay", "a");
    assertEquals(0, replay.code(), replay.out());
  }

  @Test
  void shouldExitWith99AsAProcess() throws Exception {
    Scenarios.write(directory, "shop.yaml", Scenarios.SHOP + MISSED);
    try (ChildProcess run =
        ChildProcess.start(directory, "run", "shop.yaml", "--simulate", "--quiet")) {
      assertEquals(99, run.exitCode(), run.err());
      assertTrue(run.out().startsWith("FAILED  3 of 4 thresholds"), run.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void shouldEndASimulatedRunAndReplayItsEnd(final String shards) throws IOException {
    final Invocation run = simulate(ENDING, "--shards", shards);
    assertEquals(99, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("run ended by a threshold after 1.00s"), run.out());
    assertTrue(run.out().contains("  ended the run"), run.out());
    assertEquals("aborted", summary().at("/run/outcome").asText());
    final Invocation replay = lockstep("replay", "a");
    assertEquals(0, replay.code(), replay.out());
    final Invocation events = lockstep("inspect", "a", "--events");
    assertTrue(
        events.out().contains(shards.equals("1") ? "threshold_failed" : "operator_commanded")
            && events.out().contains("threshold=http_req_duration: min>1h"),
        events.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void shouldEndALiveRunOnAllShardsAndReplayItsEnd(final String shards) throws IOException {
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      Scenarios.write(
          directory, "long.yaml", Scenarios.SHOP.replace("duration: 2s", "duration: 10m") + ENDING);
      final Invocation run =
          lockstep(
              "run",
              "long.yaml",
              "--target",
              target.url(),
              "--name",
              "a",
              "--shards",
              shards,
              "--idle",
              "backoff",
              "--quiet");
      // A machine that is busy with other tests can make so short a run INVALID, which goes first.
      final int expected = run.out().contains("\nINVALID") ? 6 : 99;
      assertEquals(expected, run.code(), run.out() + run.err());
      assertTrue(run.out().contains("run ended by a threshold"), run.out());
    }
    final Invocation replay = lockstep("replay", "a");
    assertEquals(0, replay.code(), replay.out());
  }

  /** 10 a second for 2 s, each takes 1 s: 10 end while the load lasts, 10 in the graceful stop. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void shouldMeasureRatesWhileTheLoadLasts(final String shards) throws IOException {
    Scenarios.write(
        directory,
        "slow.yaml",
        """
        name: slow
        scenarios:
          s:
            load: {executor: constant-arrival-rate, rate: 10, duration: 2s, max_vus: 40}
            requests: [{name: home, path: /}]
        simulate: {latency: 1s}
        thresholds:
          http_reqs: ["count==20", "rate>=5/s", "rate<5.6/s"]
        """);
    final Invocation run =
        lockstep("run", "slow.yaml", "--simulate", "--shards", shards, "--name", "a", "--quiet");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains(" after 2.9"), "the graceful stop is part of the run");
  }

  @Test
  void shouldWarnFirstWhereTheTargetIsDown() throws IOException {
    Scenarios.write(directory, "shop.yaml", Scenarios.SHOP.replace("duration: 2s", "duration: 1s"));
    final Invocation run =
        lockstep("run", "shop.yaml", "--target", "http://127.0.0.1:1", "--name", "a", "--quiet");
    assertTrue(run.out().startsWith("WARNING  all "), run.out());
    assertTrue(
        run.out().contains(" requests failed (connect_refused): is the target up"), run.out());
    final int expected = run.out().contains("\nINVALID") ? 6 : 0;
    assertEquals(expected, run.code(), "as in k6: " + run.out());
  }

  @Test
  void shouldMarkWithSymbolsOnAUnicodeTerminalOnly() throws IOException {
    Scenarios.write(directory, "shop.yaml", Scenarios.SHOP + KEPT);
    final String[] arguments = {"run", "shop.yaml", "--simulate", "--no-journal", "--quiet"};
    final Map<String, String> unicode = Map.of("LANG", "en_GB.UTF-8", "NO_COLOR", "1");
    assertTrue(Invocation.of(directory, unicode, true, arguments).out().contains("  \u2713 http"));
    assertFalse(Invocation.of(directory, unicode, false, arguments).out().contains("\u2713"));
    final Map<String, String> plain = Map.of("LC_ALL", "C", "LANG", "en_GB.UTF-8");
    assertFalse(Invocation.of(directory, plain, true, arguments).out().contains("\u2713"));
  }

  private Invocation simulate(final String thresholds, final String... more) throws IOException {
    Scenarios.write(directory, "shop.yaml", Scenarios.SHOP + thresholds);
    final String[] arguments = {"run", "shop.yaml", "--simulate", "--name", "a"};
    final String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return lockstep(all);
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(directory.resolve("runs/a/summary.json").toFile());
  }

  private Invocation lockstep(final String... arguments) {
    return Invocation.of(directory, arguments);
  }
}
