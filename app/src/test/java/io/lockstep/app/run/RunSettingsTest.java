package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.console.CommandException;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.scenario.document.LoadOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, SHARED, BACKOFF",
    "2, 1, SHARED, BACKOFF",
    "2, 2, SHARED, BACKOFF",
    "3, 1, SHARED, BACKOFF",
    "4, 1, DEDICATED, SPIN",
    "4, 2, SHARED, BACKOFF",
    "4, 4, SHARED, BACKOFF",
    "16, 5, DEDICATED, SPIN",
  })
  void shouldChooseByTheNumberOfCores(
      final int cores, final int shards, final Threading threading, final Idle idle) {
    final RunOptions options = RunSettings.of(asked(shards, null, null, null, false), cores);
    assertEquals(threading, options.threading());
    assertEquals(idle, options.idle());
  }

  @Test
  void shouldDoAsAsked() {
    final RunOptions options = RunSettings.of(asked(2, "dedicated", "yield", " 0", false), 1);
    assertEquals(Threading.DEDICATED, options.threading());
    assertEquals(Idle.YIELD, options.idle());
    assertEquals(
        "2 shards, dedicated threading, idle yield, pinned to CPUs 0 (1 core)",
        RunSettings.describe(options, 1));
  }

  @Test
  void shouldCutNoBlockByTimeInASimulation() {
    assertEquals(0, RunSettings.of(asked(1, null, null, null, true), 2).flushIntervalNs());
    assertEquals(
        RunSettings.FLUSH_INTERVAL_NS,
        RunSettings.of(asked(1, null, null, null, false), 2).flushIntervalNs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,x | 'x' is not the number of a CPU",
        "-1 | no CPU -1",
        "99999 | no CPU 99999",
        "0,0,0 | names 3 CPUs, but this run has 1 thread to pin",
        "0, | '' is not the number of a CPU",
      })
  void shouldRefuseCpusThatCannotBe(final String cpus, final String message) {
    final CommandException e =
        assertThrows(
            CommandException.class, () -> RunSettings.of(asked(1, "shared", null, cpus, false), 2));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static RunCommandLine asked(
      final int shards,
      final String threading,
      final String idle,
      final String cpus,
      final boolean simulate) {
    return new RunCommandLine(
        "f",
        LoadOptions.NONE,
        null,
        simulate,
        null,
        null,
        "runs",
        null,
        null,
        true,
        true,
        shards,
        threading,
        idle,
        cpus,
        "auto");
  }
}
