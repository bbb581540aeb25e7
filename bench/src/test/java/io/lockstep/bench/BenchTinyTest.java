package io.lockstep.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs every bench in its tiny mode. What the deterministic ones computed must be what it always
 * was: a change that makes them fast by doing less shows here. After a change of what is generated
 * or journaled that is wanted, rewrite the file: {@code ./mvnw -pl bench -am test
 * -Dlockstep.snapshots=write}, then look at the diff.
 */
class BenchTinyTest {
  private static final Path DIGESTS = Path.of("src", "test", "resources", "tiny-digests.txt");
  private static final Path ROOT = Path.of("..");

  @TempDir private Path scratch;

  @Test
  void shouldComputeWhatItAlwaysComputed() throws IOException {
    final Report report = run(List.of("simulate", "flow", "replay", "append", "load"));
    final String digests = String.join("\n", report.digests()) + "\n";
    if ("write".equals(System.getProperty("lockstep.snapshots"))) {
      Files.createDirectories(DIGESTS.getParent());
      Files.writeString(DIGESTS, digests, StandardCharsets.UTF_8);
    }
    assertEquals(
        Files.readString(DIGESTS, StandardCharsets.UTF_8),
        digests,
        "the benches compute something else; see BenchTinyTest on how to rewrite " + DIGESTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "http-tls", "http-uring"})
  void shouldMeasureTheWholeCommandAgainstWrkOrSayWhyNot(final String bench) throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final Report report = run(List.of(bench), out);
    final String printed = out.toString(StandardCharsets.UTF_8);
    if (printed.contains("is not installed")) {
      assertEquals(1, report.verdicts().size(), printed);
      assumeTrue(false, () -> "nothing to compare with here:\n" + printed);
    }
    assertEquals(0, report.verdicts().size(), printed);
    assertTrue(printed.contains("lockstep / wrk, whole process"), printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lateness", "connections"})
  void shouldMeasureOnEachBackendOrSayWhyNot(final String bench) throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final Report report = run(List.of(bench), out);
    final String printed = out.toString(StandardCharsets.UTF_8);
    if (!report.verdicts().isEmpty()) {
      assumeTrue(false, () -> "nothing to measure on here:\n" + printed);
    }
    assertTrue(printed.contains("epoll lateness p99") || printed.contains("epoll p99"), printed);
    assertTrue(printed.contains("io_uring"), printed); // or why it is left out
  }

  @ParameterizedTest
  @CsvSource({"start, to the first request", "soak, bytes/request", "peers, requests/s"})
  void shouldMeasureTheWholeCommandOrSayWhyNot(final String bench, final String figure)
      throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    run(List.of(bench), out);
    final String printed = out.toString(StandardCharsets.UTF_8);
    if (printed.contains("nginx is not installed")) {
      assumeTrue(false, () -> "nothing to measure on here:\n" + printed);
    }
    assertTrue(printed.contains(figure), printed);
  }

  @Test
  void shouldTellWhatTheTargetStampedAndWhatUsersFeltInAFreeze() throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    run(List.of("accuracy"), out);
    final String printed = out.toString(StandardCharsets.UTF_8);
    assertTrue(printed.contains("200/s p99.9"), printed);
    assertTrue(printed.contains("stall p99 "), printed);
  }

  @Test
  void shouldRunEveryMicroBench() throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    run(List.of("micro"), out);
    final String printed = out.toString(StandardCharsets.UTF_8);
    for (final String part :
        List.of("Draws.", "Timers.", "Events.", "Responses.", "Contents.", "Histograms.")) {
      assertTrue(printed.contains(part), () -> "no " + part + " in\n" + printed);
    }
  }

  @Test
  void shouldLeaveNothingBehind() throws IOException {
    run(List.of("append"));
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private Report run(final List<String> names) throws IOException {
    return run(names, new ByteArrayOutputStream());
  }

  private Report run(final List<String> names, final ByteArrayOutputStream out) throws IOException {
    final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    final Report report = new Report(stream, false);
    Benches.run(names, new BenchOptions(true, 1, 1, scratch, ROOT, lockstep()), report);
    return report;
  }

  /** The command as this build has it; {@code ./lockstep} would build another. */
  private static List<String> lockstep() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "@" + ROOT.resolve("jvm.args").toAbsolutePath().normalize(),
        "-cp",
        System.getProperty("java.class.path"),
        "io.lockstep.app.Lockstep");
  }
}
