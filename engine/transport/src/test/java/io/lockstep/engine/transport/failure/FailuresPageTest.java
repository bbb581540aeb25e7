package io.lockstep.engine.transport.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.engine.transport.http1.Violation;
import io.lockstep.scenario.plan.FailureStage;
import io.lockstep.scenario.plan.RequestOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page on failures says what the code does. */
class FailuresPageTest {
  private final List<String> page = read();

  @Test
  void shouldHaveOneRowForEachStageInOrder() {
    assertEquals(
        Arrays.stream(FailureStage.values())
            .map(stage -> "| `" + stage.key() + "` | " + stage.text())
            .toList(),
        rows("| stage |", 2));
  }

  @Test
  void shouldHaveOneRowForEachKindWithItsStagesInOrder() {
    assertEquals(
        Arrays.stream(RequestOutcome.values())
            .filter(RequestOutcome::isFailure)
            .map(kind -> "| `" + kind.key() + "` | " + stages(kind) + " | " + kind.text())
            .toList(),
        rows("| kind |", 3));
  }

  @Test
  void shouldHaveOneRowForEachRuleThatAResponseCanBreak() {
    assertEquals(
        Arrays.stream(Violation.values())
            .map(rule -> "| " + rule.text() + " | " + rule.source())
            .toList(),
        rows("| reason |", 2));
  }

  private static String stages(final RequestOutcome kind) {
    return kind.stages().stream()
        .map(stage -> "`" + stage.key() + "`")
        .collect(Collectors.joining(", "));
  }

  /** The first cells of each row of the table that begins so. */
  private List<String> rows(final String head, final int cells) {
    return page.stream()
        .dropWhile(line -> !line.startsWith(head))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(
            line ->
                Arrays.stream(line.split(" \\| ", -1))
                    .limit(cells)
                    .collect(Collectors.joining(" | ")))
        .map(line -> line.replaceFirst(" \\|$", ""))
        .toList();
  }

  private static List<String> read() {
    try {
      return Files.readAllLines(
          Path.of("..", "..", "docs", "reference", "failures.md"), StandardCharsets.UTF_8);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
