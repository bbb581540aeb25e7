package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals to a process that sets up, loads or tears down. */
@DisabledOnOs(OS.WINDOWS)
final class OnceSignalTest {
  private static final String SCENARIO =
      """
      name: once
      target: http://127.0.0.1:8080
      setup: [{request: {name: a, path: /json}}, {think: SETUP}]
      scenarios:
        all:
          load: {executor: constant-vus, vus: 3, duration: LOAD, graceful_stop: 1s}
          think: 20ms
          requests: [{name: b, path: /json}]
      teardown: [{request: {name: c, path: /json}}, {think: TEARDOWN}]
      """;

  /** Long enough for each part to have come to where it waits. */
  private static final long A_WHILE_MS = 700;

  @TempDir private Path directory;
  private TargetServer target;

  @BeforeEach
  void startTarget() throws IOException {
    target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
  }

  @AfterEach
  void stopTarget() {
    target.close();
  }

  @ParameterizedTest
  @CsvSource({"setup, 50s, 1s, 1ms", "load, 1ms, 50s, 1ms", "teardown, 1ms, 1s, 50s"})
  void shouldEndInGoodOrderAtASignal(
      final String part, final String setup, final String load, final String teardown)
      throws Exception {
    try (ChildProcess run = start(part, setup, load, teardown)) {
      run.signal("INT");
      assertEquals(130, run.exitCode(), run.err());
      assertEquals(!part.equals("setup"), run.err().contains("setup done"), run.err());
      assertEquals(!part.equals("teardown"), run.err().contains("teardown done"), run.err());
      assertTrue(run.out().contains("teardown/c"), run.out());
    }
    final Invocation replay = Invocation.of(directory, "replay", "s");
    assertEquals(0, replay.code(), replay.out() + replay.err());
  }

  @Test
  void shouldNotTearDownWhereAllIsToEndAtOnce() throws Exception {
    try (ChildProcess run =
        start("load", "1ms", "50s", "1ms", "timeout: 50s\n", "/delay?ms=40000")) {
      run.signal("INT");
      run.awaitErr("stopping; press Ctrl-C again");
      run.signal("INT");
      assertEquals(130, run.exitCode(), run.err());
      assertFalse(run.err().contains("teardown"), run.err());
      assertFalse(run.out().contains("teardown"), run.out());
    }
    assertFalse(Files.exists(directory.resolve("runs/s/journal/teardown")));
    final Invocation replay = Invocation.of(directory, "replay", "s");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    assertEquals(0, Invocation.of(directory, "inspect", "s").code());
  }

  @ParameterizedTest
  @CsvSource({"setup, 50s, 1s, 1ms", "load, 1ms, 50s, 1ms", "teardown, 1ms, 1s, 50s"})
  void shouldLeaveReadableJournalsWhenKilled(
      final String part, final String setup, final String load, final String teardown)
      throws Exception {
    try (ChildProcess run = start(part, setup, load, teardown)) {
      run.signal("KILL");
      assertEquals(137, run.exitCode());
    }
    final Invocation inspect = Invocation.of(directory, "inspect", "s", "--events");
    assertTrue(inspect.out().contains("setup tick 0"), inspect.out() + inspect.err());
    assertEquals(part.equals("teardown"), inspect.out().contains("teardown tick 0"), inspect.out());
    assertEquals(3, inspect.code(), "it is not complete");
    final Invocation replay = Invocation.of(directory, "replay", "s");
    assertEquals(3, replay.code(), replay.out());
    assertTrue(replay.out().startsWith("truncated"), replay.out() + replay.err());
    final String events = replay.out().replaceAll("(?s).*events +([0-9,]+) replayed.*", "$1");
    assertEquals(
        inspect.out().lines().count(), Long.parseLong(events.replace(",", "")), replay.out());
    assertEquals(
        !part.equals("teardown"),
        replay.out().contains("the run has not come to its teardown"),
        replay.out());
  }

  private ChildProcess start(
      final String part, final String setup, final String load, final String teardown)
      throws Exception {
    return start(part, setup, load, teardown, "", "/json");
  }

  /** Starts a run and waits until it is within a part. */
  private ChildProcess start(
      final String part,
      final String setup,
      final String load,
      final String teardown,
      final String more,
      final String path)
      throws Exception {
    Scenarios.write(
        directory,
        "once.yaml",
        SCENARIO
                .replace("think: SETUP", "think: " + setup)
                .replace("duration: LOAD", "duration: " + load)
                .replace("think: TEARDOWN", "think: " + teardown)
                .replace("{name: b, path: /json", "{name: b, path: '" + path + "'")
            + more);
    final ChildProcess run =
        ChildProcess.start(directory, "run", "once.yaml", "--target", target.url(), "--name", "s");
    run.awaitErr(part.equals("load") ? "setup done" : part + " begins");
    Thread.sleep(A_WHILE_MS);
    return run;
  }
}
