package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that were starved on purpose must say so. Only in this direction: a machine that is busy
 * with other tests starves an idle run too, and is right to say so; that one comes out VALID is
 * shown with recorded figures, by {@code GeneratorRulesTest}.
 */
final class ValidityRunTest {
  private static final int INVALID = 6;
  private static final List<String> FIRST_CPU = List.of("taskset", "-c", "0");

  @TempDir private Path directory;

  @Test
  void shouldCallARunInvalidThatSharesItsCoreWithASpinningProcess() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/thread-self/schedstat")), "needs Linux");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/taskset")), "needs taskset");
    final Process spinner =
        new ProcessBuilder("taskset", "-c", "0", "sh", "-c", "while :; do :; done").start();
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
        ChildProcess run =
            ChildProcess.startBy(
                FIRST_CPU,
                directory,
                "run",
                write("{executor: constant-vus, vus: 8, duration: 2s}", "think: 0s", "/json"),
                "--target",
                target.url(),
                "--name",
                "run",
                "--quiet")) {
      assertEquals(INVALID, run.exitCode(), run.out() + run.err());
      assertTrue(run.out().startsWith("INVALID"), run.out());
    } finally {
      spinner.destroyForcibly();
      spinner.waitFor();
    }
    assertTrue(reasons("run").contains("starved"), () -> reasons("run").toString());
    replay("run");
  }

  @Test
  void shouldCallARunInvalidThatHasTooFewConnections() throws IOException {
    final Invocation run;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      final String load = "{executor: constant-vus, vus: 20, duration: 1s}";
      run =
          Invocation.of(
              directory,
              "run",
              write(load, "think: 1ms", "/delay?ms=5"),
              "--set",
              "connections.mode=shared",
              "--set",
              "connections.size=1",
              "--target",
              target.url(),
              "--name",
              "run");
    }
    assertEquals(INVALID, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("waited for one of the pool's 1 connections"), run.out());
    assertTrue(reasons("run").contains("connection_wait"), run.out());
    assertTrue(summary("run").at("/generator/connectionWaits").asLong() > 0);
    replay("run");
  }

  @Test
  void shouldTellTheFiguresBehindTheVerdict() throws IOException {
    final Invocation run;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      final String load = "{executor: constant-vus, vus: 2, duration: 500ms}";
      run =
          Invocation.of(
              directory,
              "run",
              write(load, "think: 10ms", "/json"),
              "--threading",
              "dedicated",
              "--idle",
              "backoff",
              "--target",
              target.url(),
              "--name",
              "run");
    }
    for (final String item :
        List.of("lateness", "threads", "engine-0", "journal-0", "stalls", "pauses", "waits")) {
      assertTrue(run.out().contains(item), item + " in " + run.out());
    }
    assertEquals(3, summary("run").at("/generator/threads").size());
    for (final JsonNode thread : summary("run").at("/generator/threads")) {
      assertTrue(thread.get("cpuNs").asLong() > 0, thread.toString());
    }
    replay("run");
  }

  private String write(final String load, final String think, final String path)
      throws IOException {
    Files.writeString(
        directory.resolve("run.yaml"),
        """
        name: run
        target: http://127.0.0.1:1
        scenarios:
          all:
            load: %s
            %s
            requests: [{path: "%s"}]
        """
            .formatted(load, think, path));
    return "run.yaml";
  }

  private void replay(final String run) {
    final Invocation replay = Invocation.of(directory, "replay", run);
    assertEquals(0, replay.code(), replay.out() + replay.err());
  }

  /** Codes of what makes the run INVALID. */
  private List<String> reasons(final String run) {
    return StreamSupport.stream(summary(run).at("/validity/findings").spliterator(), false)
        .filter(finding -> finding.get("grade").asText().equals("invalid"))
        .map(finding -> finding.get("code").asText())
        .toList();
  }

  private JsonNode summary(final String run) {
    try {
      return new ObjectMapper()
          .readTree(directory.resolve("runs").resolve(run).resolve("summary.json").toFile());
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
