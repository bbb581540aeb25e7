package io.lockstep.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoTest {
  @TempDir private Path directory;

  @Test
  void shouldShowAnIdenticalReplayAndEqualDigests() throws IOException {
    final Invocation demo = Invocation.of(directory, "demo");
    assertEquals(0, demo.code(), demo.out() + demo.err());
    assertTrue(demo.out().contains("\nidentical  "), demo.out());
    assertTrue(demo.out().contains("  equal: both runs asked the same"), demo.out());
    assertTrue(demo.out().contains("2,000 responses"), demo.out());
    try (Stream<Path> runs = Files.list(directory.resolve("runs"))) {
      assertEquals(2, runs.count());
    }
  }
}
