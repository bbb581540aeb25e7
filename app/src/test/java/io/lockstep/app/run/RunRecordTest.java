package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.run.RunException;
import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Phases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunRecordTest {
  @TempDir private Path directory;

  @Test
  void shouldKeepTheSealsOfARunThatFailed() throws ScenarioException {
    final RunOrder order = order("scenario.yaml");
    try (RunRecord record = RunRecord.begin(order)) {
      record.begin(Phases.LOAD, order.plan(), order.options()).journal(0);
      record.fail(new IllegalStateException("for the test"));
    }
    final Manifest manifest = RunDirectory.open(directory.resolve("runs"), "a").manifest();
    assertEquals(Manifest.State.FAILED, manifest.state());
    assertEquals("FAILED", manifest.result().outcome());
    assertEquals(1, manifest.result().journals().size());
    assertEquals(0, manifest.result().events());
    final Invocation replay = Invocation.of(directory, "replay", "a");
    assertEquals(3, replay.code());
    assertTrue(replay.out().startsWith("truncated"), replay.out());
  }

  @Test
  void shouldNoticeWhatHappensToTheJournalOfAFailedRun() throws ScenarioException, IOException {
    final RunOrder order = order("scenario.yaml");
    try (RunRecord record = RunRecord.begin(order)) {
      record.begin(Phases.LOAD, order.plan(), order.options()).journal(0);
      record.fail(new IllegalStateException("for the test"));
    }
    final Path journal = directory.resolve("runs/a/journal/0/19700101F.cq4");
    final byte[] bytes = Files.readAllBytes(journal);
    bytes[100] ^= 1;
    Files.write(journal, bytes);
    final Invocation replay = Invocation.of(directory, "replay", "a");
    assertTrue(replay.out().startsWith("damaged"), replay.out());
  }

  @Test
  void shouldLeaveNothingBehindWhereNothingCouldBeWritten() throws ScenarioException {
    final RunOrder impossible = order("no-such-directory/scenario.yaml");
    assertThrows(RunException.class, () -> RunRecord.begin(impossible));
    assertFalse(Files.exists(directory.resolve("runs/a")), "its name is free again");
    RunRecord.begin(order("scenario.yaml")).close();
  }

  private RunOrder order(final String scenarioFile) throws ScenarioException {
    final Loaded loaded =
        ScenarioFile.load("shop.yaml", Scenarios.SHOP.getBytes(StandardCharsets.UTF_8));
    return new RunOrder(
        loaded.plan(),
        scenarioFile,
        loaded.text(),
        Map.of(),
        SecretSource.NONE,
        TlsCredentials.NONE,
        loaded.tables(),
        loaded.sentFiles(),
        TransportKind.SIMULATED,
        new RunOptions(
            1, RunOptions.Threading.SHARED, RunOptions.Idle.BACKOFF, List.of(), 100_000_000),
        "auto",
        directory.resolve("runs"),
        "a",
        true,
        false,
        Map.of());
  }
}
