package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of results that cannot be written: never a success. */
@DisabledOnOs(OS.WINDOWS)
final class LostOutputTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private Path directory;

  @BeforeEach
  void run() throws IOException {
    Scenarios.write(directory, "shop.yaml", Scenarios.SHOP);
    assertEquals(
        0,
        Invocation.of(directory, "run", "shop.yaml", "--simulate", "--name", "r", "--quiet")
            .code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replay r --json",
        "replay r",
        "inspect r --json",
        "inspect r --events",
        "--version",
        "run --help",
        "validate shop.yaml",
        "run shop.yaml --simulate --no-journal --json -"
      })
  void shouldFailWhenStdoutIsFull(final String line) throws Exception {
    assumeTrue(Files.isWritable(FULL), "this system has no /dev/full");
    try (ChildProcess child = ChildProcess.startInto(FULL, directory, line.split(" "))) {
      assertEquals(1, child.exitCode(), child.err());
      assertTrue(child.err().contains("lockstep: cannot write to stdout: "), child.err());
      assertEquals(-1, child.err().indexOf("\tat "), child.err());
    }
  }

  @Test
  void shouldWriteTheJsonFileEvenIfNobodyReadsTheSummary() throws Exception {
    assumeTrue(Files.isWritable(FULL), "this system has no /dev/full");
    try (ChildProcess child =
        ChildProcess.startInto(
            FULL, directory, "run", "shop.yaml", "--simulate", "--name", "x", "--json", "s.json")) {
      assertEquals(1, child.exitCode(), child.err());
    }
    assertEquals(
        Files.readString(directory.resolve("runs/x/summary.json")),
        Files.readString(directory.resolve("s.json")));
  }

  @Test
  void shouldEndQuietlyWhenTheReaderHasSeenEnough() throws Exception {
    final Process child =
        new ProcessBuilder(ChildProcess.command("inspect", "r", "--events"))
            .directory(directory.toFile())
            .start();
    child.getInputStream().close();
    final String err = new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(child.waitFor(60, TimeUnit.SECONDS), "the process does not end");
    assertEquals("", err);
    assertEquals(1, child.exitValue());
  }
}
