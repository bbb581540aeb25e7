package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the world outside can do to a command: a clear message, a documented exit code, and what was
 * journaled stays readable. Unknown hosts and taken ids are in {@code RunCommandTest}, closed ports
 * and dying targets in {@code LiveRunTest}, kills in {@link SignalTest}, full streams in {@link
 * LostOutputTest}.
 */
@EnabledOnOs(OS.LINUX)
final class BadInputTest {
  @TempDir private Path directory;
  private Path mounted;

  @BeforeEach
  void writeScenario() throws IOException {
    Scenarios.write(directory, "shop.yaml", Scenarios.SHOP);
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted != null) {
      assertEquals(0, new ProcessBuilder("umount", mounted.toString()).start().waitFor());
    }
  }

  @Test
  void shouldKeepWhatWasJournaledWhenTheDiskIsFull() throws Exception {
    Scenarios.write(
        directory,
        "large.yaml",
        Scenarios.SHOP.replace("vus: 10, duration: 2s", "vus: 5000, duration: 10m"));
    mount("disk", "64m");
    try (ChildProcess run =
        ChildProcess.start(
            directory, "run", "large.yaml", "--simulate", "--out", "disk", "--name", "full")) {
      assertEquals(1, run.exitCode(), run.err());
      assertTrue(run.err().contains("the journal cannot be written"), run.err());
      assertTrue(run.err().contains("disk full: needs "), run.err());
      assertTrue(run.err().contains("lockstep inspect "), run.err());
      assertFalse(run.err().contains("\tat "), run.err());
      final Invocation events =
          Invocation.of(directory, "inspect", "full", "--out", "disk", "--vu", "7");
      assertTrue(events.out().contains("request_completed"), events.out() + events.err());
      final Invocation replay = Invocation.of(directory, "replay", "full", "--out", "disk");
      assertEquals(3, replay.code(), replay.out() + replay.err());
      assertTrue(replay.out().startsWith("truncated"), replay.out() + replay.err());
    }
  }

  @Test
  void shouldSayThatTheDirectoryOfRunsIsNotWritable() {
    // Nobody can make a directory there, not even root.
    final Path out = Path.of("/proc/self/fdinfo");
    final Invocation run =
        Invocation.of(directory, "run", "shop.yaml", "--simulate", "--out", out.toString());
    assertTrue(run.code() == 1 || run.code() == 2, run.code() + run.err());
    assertEquals("", run.out());
    assertTrue(run.err().contains(out.toString()), run.err());
    assertFalse(run.err().contains("internal error"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"replay r", "inspect r", "inspect r --events", "replay r --json"})
  void shouldSayThatARunIsOfANewerFormat(final String line) throws IOException {
    simulate("r");
    final Path manifest = directory.resolve("runs/r/run.json");
    final String text = Files.readString(manifest);
    final String newer = text.replaceFirst("(\"formatVersion\"\\s*:\\s*)1", "$199");
    assertFalse(newer.equals(text), text);
    Files.writeString(manifest, newer);
    final Invocation read = Invocation.of(directory, line.split(" "));
    assertEquals(2, read.code(), read.err());
    assertTrue(read.err().contains("run.json has format 99"), read.err());
    assertTrue(read.err().contains("use the version that wrote it or a newer one"), read.err());
  }

  @Test
  void shouldNotLetTwoProcessesWriteOneRun() throws Exception {
    Scenarios.write(
        directory, "long.yaml", Scenarios.SHOP.replace("duration: 2s", "duration: 10m"));
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
        ChildProcess first =
            ChildProcess.start(
                directory, "run", "long.yaml", "--target", target.url(), "--name", "one")) {
      while (target.requests() == 0) {
        assertTrue(first.isAlive(), first.err());
        Thread.sleep(20);
      }
      final Invocation second =
          Invocation.of(directory, "run", "shop.yaml", "--simulate", "--name", "one");
      assertEquals(2, second.code(), second.err());
      assertTrue(second.err().contains("is being written by another process"), second.err());
      first.signal("INT");
      assertEquals(130, first.exitCode(), first.err());
    }
    final Invocation replay = Invocation.of(directory, "replay", "one");
    assertEquals(0, replay.code(), replay.out() + replay.err());
  }

  @Test
  void shouldRefuseMoreConnectionsThanTheFileLimitAllows() throws Exception {
    Scenarios.write(directory, "many.yaml", Scenarios.SHOP.replace("vus: 10", "vus: 5000"));
    try (ChildProcess run =
        ChildProcess.startBy(
            List.of("sh", "-c", "ulimit -n 512; exec \"$@\"", "sh"),
            directory,
            "run",
            "many.yaml")) {
      assertEquals(2, run.exitCode(), run.err());
      assertTrue(run.err().contains("the limit of open files is too low"), run.err());
      assertTrue(run.err().contains("ulimit -n"), run.err());
    }
    assertFalse(Files.exists(directory.resolve("runs")), "nothing may be left behind");
  }

  private void simulate(final String id) {
    final Invocation run =
        Invocation.of(directory, "run", "shop.yaml", "--simulate", "--name", id, "--quiet");
    assertEquals(0, run.code(), run.err());
  }

  /** A file system that is soon full; only root can have one. */
  private void mount(final String name, final String size)
      throws IOException, InterruptedException {
    final Path path = Files.createDirectory(directory.resolve(name));
    final Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString())
            .redirectErrorStream(true)
            .start();
    final String said =
        new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (mount.waitFor() == 0) {
      mounted = path;
    } else {
      System.out.println("skipped, as no small disk can be mounted here: " + said);
    }
    assumeTrue(mounted != null, () -> "no small disk can be mounted here: " + said);
  }
}
