package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals to real processes. */
@DisabledOnOs(OS.WINDOWS)
final class SignalTest {
  private static final int ENOUGH = 100;

  /** As {@code nohup} does. */
  private static final List<String> IGNORING_HANGUP =
      List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "sh");

  @TempDir private Path directory;
  private TargetServer target;

  @BeforeEach
  void startTarget() throws IOException {
    target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
    Scenarios.write(
        directory, "long.yaml", Scenarios.SHOP.replace("duration: 2s", "duration: 10m"));
  }

  @AfterEach
  void stopTarget() {
    target.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void shouldStopInGoodOrderAndReplay(final String signal) throws Exception {
    try (ChildProcess run = startRun()) {
      run.signal(signal);
      assertEquals(130, run.exitCode(), run.err());
      assertTrue(run.err().contains("stopping; press Ctrl-C again"), run.err());
      assertTrue(run.out().contains("run stopped early"), run.out());
    }
    assertTrue(
        Files.readString(directory.resolve("runs/s/run.json"))
            .contains("\"outcome\" : \"STOPPED\""));
    assertIdentical();
  }

  @Test
  void shouldGoOnAfterAHangupThatItWasToldToIgnore() throws Exception {
    try (ChildProcess run =
        awaitRequests(ENOUGH, ChildProcess.startBy(IGNORING_HANGUP, directory, runArguments()))) {
      run.signal("HUP");
      awaitRequests(target.requests() + ENOUGH, run);
      assertFalse(run.err().contains("stopping"), run.err());
      run.signal("INT");
      assertEquals(130, run.exitCode(), run.err());
    }
    assertIdentical();
  }

  @Test
  void shouldEndAtOnceAtTheSecondSignalAndReplay() throws Exception {
    Scenarios.write(
        directory,
        "long.yaml",
        Scenarios.SHOP
            .replace("duration: 2s, graceful_stop: 1s", "duration: 10m, graceful_stop: 10m")
            .replace("timeout: 2s", "timeout: 10m")
            .replace(
                "{name: buy, method: POST, path: /echo, body: '{\"id\": 1}'}",
                "{name: slow, path: '/delay?ms=500000', weight: 3}"));
    try (ChildProcess run = startRun(20)) {
      run.signal("INT");
      run.awaitErr("stopping; press Ctrl-C again");
      run.signal("INT");
      assertEquals(130, run.exitCode(), run.err());
      assertTrue(run.err().contains("ending at once"), run.err());
    }
    assertIdentical();
  }

  @Test
  void shouldLeaveAReadableJournalWhenKilled() throws Exception {
    try (ChildProcess run = startRun()) {
      Thread.sleep(300);
      run.signal("KILL");
      assertEquals(137, run.exitCode());
    }
    final Invocation inspect = Invocation.of(directory, "inspect", "s");
    assertTrue(inspect.out().contains("request_completed"), inspect.out() + inspect.err());
    final Invocation replay = Invocation.of(directory, "replay", "s");
    assertEquals(3, replay.code(), replay.out());
    assertTrue(replay.out().startsWith("truncated"), replay.out() + replay.err());
  }

  @Test
  void shouldEndTheTargetInGoodOrder() throws Exception {
    try (ChildProcess serving = ChildProcess.start(directory, "target")) {
      serving.awaitOut("Serving on http://127.0.0.1:");
      serving.signal("INT");
      assertEquals(0, serving.exitCode(), serving.err());
      assertTrue(serving.out().contains("Served 0 requests."), serving.out());
      assertEquals("", serving.err(), "no library may speak up");
    }
  }

  private ChildProcess startRun() throws IOException, InterruptedException {
    return startRun(ENOUGH);
  }

  private ChildProcess startRun(final int enough) throws IOException, InterruptedException {
    return awaitRequests(enough, ChildProcess.start(directory, runArguments()));
  }

  private String[] runArguments() {
    return new String[] {"run", "long.yaml", "--target", target.url(), "--name", "s"};
  }

  private ChildProcess awaitRequests(final long enough, final ChildProcess run)
      throws InterruptedException {
    final long deadline = System.nanoTime() + 30_000_000_000L;
    while (target.requests() < enough) {
      assertTrue(System.nanoTime() < deadline, () -> "too few requests: " + target.requests());
      Thread.sleep(20);
    }
    return run;
  }

  private void assertIdentical() {
    final Invocation replay = Invocation.of(directory, "replay", "s");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    assertTrue(replay.out().startsWith("identical"), replay.out());
  }
}
