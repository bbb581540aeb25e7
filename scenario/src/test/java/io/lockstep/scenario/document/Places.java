package io.lockstep.scenario.document;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostic.Severity;
import java.util.List;

/** What every message must have. */
final class Places {
  private Places() {}

  static void check(final ScenarioException refused) {
    assertTrue(
        refused.diagnostics().stream().anyMatch(d -> d.kind().severity() == Severity.ERROR),
        refused.render());
    check(refused.diagnostics());
  }

  static void check(final List<Diagnostic> all) {
    for (final Diagnostic found : all) {
      final String said = found.render();
      assertTrue(found.position().line() >= 1 && found.position().column() >= 1, said);
      assertTrue(found.excerpt().caret() <= found.excerpt().text().length(), said);
      assertFalse(found.position().file().isEmpty(), said);
      assertFalse(found.message().isBlank(), said);
    }
  }
}
