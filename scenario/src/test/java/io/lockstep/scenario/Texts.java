package io.lockstep.scenario;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lockstep.scenario.diagnostic.Diagnostic;
import java.util.List;

/** Scenario texts for tests, and what is said about them. */
final class Texts {
  /** A right file without warnings, whose lines tests change one at a time. */
  static final String GOOD =
      """
      name: shop
      target: http://127.0.0.1:8080/base
      scenarios:
        browse:
          load: {executor: constant-vus, vus: 5, duration: 3s}
          think: 1s
          requests:
            - {name: home, path: /}
            - {name: item, path: /item, weight: 2}
      """;

  private Texts() {}

  /** The good file with one line, from 1, replaced. */
  static String withLine(final int line, final String replacement) {
    final String[] lines = GOOD.split("\n", -1);
    lines[line - 1] = replacement;
    return String.join("\n", lines);
  }

  /** The good file with more lines at its end. */
  static String withMore(final String more) {
    return GOOD + more;
  }

  static List<Diagnostic> diagnostics(final String text) {
    return assertThrows(ScenarioException.class, () -> ScenarioFile.parse("t.yaml", text))
        .diagnostics();
  }

  /** All headlines of a text that is refused. */
  static List<String> headlines(final String text) {
    return diagnostics(text).stream().map(Diagnostic::headline).toList();
  }
}
