package io.lockstep.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.replay.shard.ReplayVerdict;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs that were recorded once per format version, as {@code lockstep run --simulate} left them,
 * and a live one over TLS of version 4 of the events, all of whose handshakes failed. They must
 * replay for ever. Where one fails, the engine or the format has changed: raise the version, and
 * keep reading the old one. The directories are never written anew.
 */
class GoldenRunTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  @TempDir Path runs;

  @ParameterizedTest
  @CsvSource({
    "v1, 04ec1138f82641eecdb500fc6a404e5e, d0b801a1735773d098f7d791c3bc6dc935248562459e5c481636c00493316797, 557",
    "events-4, b540e053e6247dc711a0f9d2638cfd6d, e6770fd55773273507dc7059dc6d941468d3d1a469ad152349e148cd052edd25, 69",
  })
  void shouldReplayForEver(
      final String version, final String generation, final String journal, final long events)
      throws IOException, ScenarioException {
    copy(version);
    final RunDirectory run = RunDirectory.open(runs, version);
    final Plan plan = ScenarioFile.load(run.file("scenario.yaml")).plan();
    final ReplayResult result =
        new Replayer(
                new ReplayContext(run, plan, run.manifest().engineVersion(), 2, System::nanoTime))
            .replay();

    assertNull(result.divergence(), () -> result.divergence().text());
    assertEquals(List.of(), result.details());
    assertEquals(ReplayVerdict.IDENTICAL, result.verdict());
    assertEquals(generation, result.generation().hex());
    assertEquals(journal, result.journalDigest());
    assertEquals(events, result.events());
  }

  @Test
  void shouldHaveARunOfEachFormatVersion() {
    for (int version = 1; version <= Manifest.FORMAT_VERSION; version++) {
      assertEquals(version, RunDirectory.open(GOLDEN, "v" + version).manifest().formatVersion());
    }
  }

  private void copy(final String version) throws IOException {
    final Path from = GOLDEN.resolve(version);
    try (Stream<Path> files = Files.walk(from)) {
      for (final Path file : files.toList()) {
        Files.copy(file, runs.resolve(version).resolve(from.relativize(file).toString()));
      }
    }
  }
}
