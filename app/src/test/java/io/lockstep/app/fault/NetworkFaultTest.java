package io.lockstep.app.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.app.ChildProcess;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs over networks that lose, delay and swallow packets: two network namespaces with processes of
 * their own. Where the machine does not allow that, the tests are skipped and say why.
 */
final class NetworkFaultTest {
  private static final Path SCRIPT =
      Path.of("src", "test", "resources", "fault", "two-hosts.sh").toAbsolutePath();
  private static final int NOT_HERE = 77;
  private static final long LIMIT_S = 50;
  private static final String TARGET = "http://10.77.0.2:8080";

  @TempDir private Path directory;

  @Test
  void shouldAddWhatTheNetworkDelaysAndLosesToTheTimes() throws Exception {
    final FaultRun run =
        between("netem", "timeout: 5s", "constant-arrival-rate, rate: 200, duration: 3s");
    assertEquals(0, run.total("errors"), run::toString);
    final long medianNs = run.summary().at("/requests/0/serviceNs/p50").asLong();
    assertTrue(medianNs >= 20_000_000L && medianNs < 60_000_000L, run::toString);
    assertLost(run);
  }

  @Test
  void shouldTellThatPacketsWereLostThoughNoRequestFailed() throws Exception {
    final FaultRun run =
        between("lossy", "timeout: 5s", "constant-arrival-rate, rate: 300, duration: 3s");
    assertEquals(0, run.total("errors"), run::toString);
    assertLost(run);
  }

  /** Connections are half-open then: one side believes in them, and nobody is on the other. */
  @Test
  void shouldTellThatTheTargetHasVanished() throws Exception {
    final FaultRun run =
        between(
            "vanishing",
            "timeout: 1s\nconnections: {connect_timeout: 300ms}",
            "constant-arrival-rate, rate: 100, duration: 5s");
    assertTrue(run.total("responses") > 10, run::toString);
    final List<String> kinds =
        run.failures().stream().map(row -> row.replaceFirst("^\\d+ (.*): \\d+ ", "$1: ")).toList();
    assertEquals(
        List.of(
            "connect connect_timeout: no answer to the connection attempt in time",
            "wait response_timeout: the request was out, and nothing came in time"),
        kinds);
  }

  /** TCP repeats what was lost, after 200 ms at the earliest. */
  private static void assertLost(final FaultRun run) {
    assertTrue(run.total("responses") > 100, run::toString);
    final long slowestNs = run.summary().at("/requests/0/responseNs/max").asLong();
    assertTrue(slowestNs > 190_000_000L, run::toString);
    assertTrue(run.summary().findValue("systemSegmentsRetransmitted").asLong() > 0, run::toString);
  }

  private FaultRun between(final String network, final String body, final String load)
      throws IOException, InterruptedException {
    Scenarios.write(
        directory,
        "s.yaml",
        "name: far\nseed: 1\ntarget: "
            + TARGET
            + "\n"
            + body
            + "\nscenarios:\n  all:\n    load: {executor: "
            + load
            + ", max_vus: 200, graceful_stop: 2s}\n    requests: [{name: any, path: /json}]\n");
    final Path there = script("there.sh", "target", "--host", "10.77.0.2", "--port", "8080");
    final Path here = script("here.sh", "run", "s.yaml", "--name", FaultRun.NAME);
    final Path out = directory.resolve("out.txt");
    final Process process = start(network, there, here, out);
    final boolean isOver = process.waitFor(LIMIT_S, TimeUnit.SECONDS);
    if (!isOver) {
      process.destroyForcibly();
    }
    final String words = Files.readString(out, StandardCharsets.UTF_8);
    assertTrue(isOver, words);
    final boolean isPossible = process.exitValue() != NOT_HERE;
    if (!isPossible) {
      System.out.println("skipped, " + words.strip());
    }
    assumeTrue(isPossible, words.strip());
    assertTrue(process.exitValue() == 0 || process.exitValue() == 6, words);
    final FaultRun run = FaultRun.left(directory, new Invocation(0, words, ""));
    run.assertConserved();
    run.assertReplays();
    return run;
  }

  private Process start(final String network, final Path there, final Path here, final Path out)
      throws IOException {
    try {
      return new ProcessBuilder(
              "unshare", "-n", "sh", SCRIPT.toString(), network, there.toString(), here.toString())
          .directory(directory.toFile())
          .redirectErrorStream(true)
          .redirectOutput(out.toFile())
          .start();
    } catch (final IOException e) {
      assumeTrue(false, "not on this machine: " + e.getMessage());
      throw e;
    }
  }

  private Path script(final String name, final String... arguments) throws IOException {
    final String command =
        ChildProcess.command(arguments).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    return Files.writeString(directory.resolve(name), "exec " + command + "\n");
  }
}
