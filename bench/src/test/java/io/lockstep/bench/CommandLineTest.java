package io.lockstep.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.Report;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @Test
  void shouldReadNamesAndOptionsInAnyOrder() {
    final CommandLine asked =
        CommandLine.parse(List.of("replay", "--rounds", "3", "append", "--tiny", "--seconds", "2"));
    assertEquals(List.of("replay", "append"), asked.names());
    assertTrue(asked.options().tiny());
    assertEquals(3, asked.options().rounds());
    assertEquals(2, asked.options().seconds());
  }

  @Test
  void shouldRunOneRoundInTinyModeAndFiveOtherwise() {
    assertEquals(1, CommandLine.parse(List.of("--tiny")).options().rounds());
    assertEquals(5, CommandLine.parse(List.of()).options().rounds());
  }

  @Test
  void shouldRejectWhatItDoesNotKnow() {
    for (final List<String> args :
        List.of(
            List.of("--fast"),
            List.of("--rounds"),
            List.of("--rounds", "0"),
            List.of("--seconds", "x"))) {
      final String message =
          assertThrows(IllegalArgumentException.class, () -> CommandLine.parse(args)).getMessage();
      assertTrue(message.contains(args.get(0)), message);
    }
  }

  @Test
  void shouldNameAllBenchesWhereOneIsUnknown(@TempDir final Path scratch) {
    final BenchOptions options = new BenchOptions(true, 1, 1, scratch, scratch, List.of());
    final Report report =
        new Report(
            new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8), false);
    final String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Benches.run(List.of("simulated"), options, report))
            .getMessage();
    for (final String name : List.of("simulate", "replay", "append", "http", "http-tls", "micro")) {
      assertTrue(message.contains(name), message);
    }
  }
}
