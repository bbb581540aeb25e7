package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example with metrics of its own: plan, run, exit code, replay. */
final class CustomMetricsTest {
  private static final Path EXAMPLE = Path.of("..", "docs", "examples", "custom-metrics.yaml");

  @TempDir private Path directory;

  @BeforeEach
  void writeExample() throws IOException {
    Scenarios.write(directory, "own.yaml", Files.readString(EXAMPLE));
  }

  @Test
  void shouldSayWhatIsMeasured() {
    final String one = lockstep("plan", "own.yaml", "--vu", "0", "--iteration", "1").out();
    assertTrue(one.contains("in_stock = status == 200"), one);
    assertTrue(one.contains("stock = 100 - iteration"), one);
  }

  @Test
  void shouldShowThemAndKeepTheirThresholdsOnAnyShards() {
    for (final String shards : List.of("1", "3")) {
      final String name = "on-" + shards;
      final Invocation run =
          lockstep("run", "own.yaml", "--simulate", "--shards", shards, "--name", name);
      assertEquals(0, run.code(), run.out() + run.err());
      assertTrue(run.out().contains("all 6 thresholds"), run.out());
      assertTrue(run.out().matches("(?s).*\\n +in_stock +50 +100 % .*"), run.out());
      assertTrue(run.out().matches("(?s).*\\n +stock +- +- +91 +91 +- .* 100\\n.*"), run.out());
      assertEquals(0, lockstep("replay", name).code());
    }
  }

  @Test
  void shouldExitWith99WhereOneIsNotKept() throws IOException {
    Scenarios.write(
        directory, "own.yaml", Files.readString(EXAMPLE).replace("count==5", "count<5"));
    final Invocation run = lockstep("run", "own.yaml", "--simulate", "--name", "missed");
    assertEquals(99, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("FAILED  1 of 6 thresholds"), run.out());
  }

  private Invocation lockstep(final String... arguments) {
    return Invocation.of(directory, arguments);
  }
}
