package io.lockstep.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.run.RunException;
import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are too large to be copied, and files that change too early. */
final class DataKeeperTest {
  @TempDir private Path directory;
  private Path users;
  private Loaded loaded;
  private RunDirectory run;

  @BeforeEach
  void load() throws Exception {
    users = Files.writeString(directory.resolve("users.csv"), "id\n1\n2\n");
    final Path scenario =
        Files.writeString(
            directory.resolve("s.yaml"),
            """
            name: s
            target: http://x
            data: {users: {file: users.csv}}
            scenarios:
              s:
                load: {executor: per-vu-iterations, vus: 2, iterations: 2}
                think: 0s
                requests: [{path: /}]
            """);
    loaded = ScenarioFile.load(scenario);
    run = RunDirectory.create(directory.resolve("runs"), "r");
  }

  @AfterEach
  void close() {
    run.close();
  }

  @Test
  void shouldReferToALargeFileAndNeedItsOriginalAgain() throws Exception {
    final DataKeeper keeper = new DataKeeper(run, 6);
    keep(keeper);
    assertFalse(Files.exists(run.file("data/users.csv")));
    assertEquals(Map.of(), keeper.digestByCopy());
    final KeptData kept = kept(keeper);
    assertEquals(users.toAbsolutePath(), kept.locator().locate("users", "users.csv"));
    assertTrue(kept.absence().isEmpty());
    assertTrue(kept.damage().isEmpty());
    assertTrue(kept.difference(loaded.plan().feeders()).isEmpty());
    Files.writeString(users, "id\n1\n3\n");
    assertTrue(kept.absence().isEmpty());
    assertTrue(kept.damage().orElseThrow().contains("a replay needs the original"));
    Files.delete(users);
    final String absence = kept.absence().orElseThrow();
    assertTrue(absence.contains(users + " is missing"), absence);
    assertTrue(absence.contains(loaded.plan().feeders().get(0).digest()), absence);
    Files.createDirectory(run.file("data"));
    Files.writeString(run.file("data/users.csv"), "id\n1\n2\n");
    assertTrue(kept.absence().isEmpty());
    assertEquals(run.file("data/users.csv"), kept.locator().locate("users", "users.csv"));
  }

  @Test
  void shouldReadACopiedFileFromItsCopy() throws Exception {
    final DataKeeper keeper = new DataKeeper(run, 7);
    keep(keeper);
    Files.writeString(users, "id\n8\n9\n");
    assertEquals("2", keeper.tables().get(0).text(1, 0));
    assertTrue(kept(keeper).damage().isEmpty());
  }

  @Test
  void shouldRefuseAFileThatChangedSinceItWasLoaded() throws Exception {
    Files.writeString(users, "id\n8\n9\n");
    final RunException e = assertThrows(RunException.class, () -> keep(new DataKeeper(run, 100)));
    assertEquals(RunException.Kind.INPUT, e.kind());
    assertTrue(e.getMessage().contains("changed while the run was prepared"), e.getMessage());
  }

  private void keep(final DataKeeper keeper) {
    keeper.keep(loaded.plan().feeders().get(0), loaded.tables().get(0));
  }

  private KeptData kept(final DataKeeper keeper) {
    final Manifest manifest =
        new Manifest(
            Manifest.FORMAT_VERSION,
            "r",
            Manifest.State.RUNNING,
            "s",
            loaded.plan().digest(),
            1,
            "simulated",
            1,
            "shared",
            100_000,
            "0",
            "17",
            "linux",
            1,
            "2026-01-02T03:04:05Z",
            Map.of(),
            keeper.digestByCopy(),
            keeper.fileByFeeder(),
            null);
    run.manifest(manifest);
    return new KeptData(run, RunDirectory.open(directory.resolve("runs"), "r").manifest());
  }
}
