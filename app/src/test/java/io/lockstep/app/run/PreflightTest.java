package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.host.Host;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreflightTest {
  private static final long MAX_VUS = 100_000_000;

  @TempDir private Path directory;

  @Test
  void shouldRefuseMoreVusThanTheHeapHoldsAndSayHowToRaiseIt()
      throws IOException, ScenarioException {
    final Plan plan = plan(100_000_000);
    final CommandException e =
        assertThrows(CommandException.class, () -> Preflight.checkHeap(plan, 4096L << 20));
    assertEquals(ExitCode.USAGE, e.exitCode());
    assertEquals(
        "100,000,000 VUs need a heap of about 14,370 MiB, and this JVM may use 4,096 MiB:"
            + " set LOCKSTEP_JAVA_OPTS=-Xmx17962m if this machine has the memory,"
            + " or ask for fewer VUs",
        e.getMessage());
    assertDoesNotThrow(() -> Preflight.checkHeap(plan, 17_962L << 20));
  }

  @Test
  void shouldLetAMillionVusRunInASmallHeap() throws IOException, ScenarioException {
    final Plan plan = plan(1_000_000);
    assertDoesNotThrow(() -> Preflight.checkHeap(plan, 256L << 20));
  }

  @Test
  void shouldEndARunThatCannotFitBeforeAnythingIsMade() throws IOException {
    final long vus = Runtime.getRuntime().maxMemory() / Preflight.BYTES_PER_VU;
    assumeTrue(vus <= MAX_VUS, "this heap holds any plan");
    write(vus);
    final Invocation run = Invocation.of(directory, "run", "big.yaml", "--simulate");
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("set LOCKSTEP_JAVA_OPTS=-Xmx"), run.err());
    assertFalse(Files.exists(directory.resolve("runs")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,1 | 2 | SHARED | SPIN |",
        "'' | 2 | DEDICATED | SPIN |",
        "0 | 2 | SHARED | SPIN | warning: --cpus names 1 CPU for 2 threads, so some share one and"
            + " hold each other up, since idle ones spin; name 2 CPUs, or use --idle backoff",
        "0,1,1 | 1 | DEDICATED | BACKOFF | warning: --cpus names 2 CPUs for 3 threads, so some"
            + " share one; name 3 CPUs",
      })
  void shouldWarnOfThreadsThatSharePinnedCpus(
      final String cpus,
      final int shards,
      final Threading threading,
      final Idle idle,
      final String warning) {
    final List<Integer> list =
        cpus.isEmpty()
            ? List.of()
            : List.of(cpus.split(",")).stream().map(Integer::valueOf).toList();
    final RunOptions options = new RunOptions(shards, threading, idle, list, 0);
    assertEquals(Optional.ofNullable(warning), Preflight.cpuWarning(options));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 127.0.0.1 | 1,000 connections need a local port each, and 350 of 400 are free",
        "{sources: [127.0.0.2, 127.0.0.3]} | 127.0.0.1 |"
            + " 1,000 connections need a local port each, and 750 of 800 are free",
        "{sources: [127.0.0.2, 127.0.0.3, 127.0.0.4]} | 127.0.0.1 |",
        "{unix_socket: /tmp/s} | 127.0.0.1 |",
        "{addresses: in-turn, hosts: {shop: [127.0.0.1, 127.0.0.2]}} | shop |"
            + " 1,000 connections need a local port each, and 750 of 800 are free",
        "{addresses: in-turn, hosts: {shop: [127.0.0.1, 127.0.0.2, 127.0.0.3]}} | shop |",
        "{addresses: in-turn, hosts: {shop: [127.0.0.1]}, sources: [127.0.0.2]} | shop |"
            + " 1,000 connections need a local port each, and 350 of 400 are free",
        "{addresses: in-turn} | example.org |",
        "{addresses: in-turn} | 127.0.0.1 |"
            + " 1,000 connections need a local port each, and 350 of 400 are free"
      })
  void shouldCountPortsOfAllPairsOfAddresses(
      final String connections, final String host, final String warning) throws ScenarioException {
    final String scenario =
        Scenarios.SHOP
            .replace("vus: 10,", "vus: 1000,")
            .replace("http://127.0.0.1:8080", "http://" + host + ":8080");
    final Plan plan = ScenarioFile.parse("t.yaml", scenario + "connections: " + connections + "\n");
    final RunOptions options = new RunOptions(1, Threading.SHARED, Idle.BACKOFF, List.of(), 0);
    final Host machine =
        new Host(
            2, -1, -1, List.of(), "", List.of(), null, 1_001, 1_400, 50, -1, -1, -1, -1, -1, "",
            null, "", 25);
    final List<String> warnings = Preflight.hostWarnings(machine, plan, options);
    assertEquals(
        Optional.ofNullable(warning).map(text -> "warning: " + text),
        warnings.stream().findFirst());
  }

  @Test
  void shouldWarnOfConnectionsThatTheMemoryOfTheGroupDoesNotHold() throws ScenarioException {
    final Plan plan =
        ScenarioFile.parse("t.yaml", Scenarios.SHOP.replace("vus: 10,", "vus: 50000,"));
    final RunOptions options = new RunOptions(1, Threading.SHARED, Idle.BACKOFF, List.of(), 0);
    assertEquals(List.of(), Preflight.hostWarnings(limitedTo(512L << 20), plan, options));
    assertEquals(
        "warning: 50,000 VUs with 50,000 connections need about 461 MiB of memory, and 256 MiB can"
            + " be had",
        Preflight.hostWarnings(limitedTo(256L << 20), plan, options).get(0));
  }

  private static Host limitedTo(final long bytes) {
    return new Host(
        2, -1, -1, List.of(), "", List.of(), null, -1, -1, -1, -1, 8L << 30, 4L << 30, bytes, -1,
        "", null, "", 25);
  }

  private Plan plan(final long vus) throws IOException, ScenarioException {
    return ScenarioFile.load(write(vus)).plan();
  }

  private Path write(final long vus) throws IOException {
    return Scenarios.write(
        directory, "big.yaml", Scenarios.SHOP.replace("vus: 10,", "vus: " + vus + ","));
  }
}
