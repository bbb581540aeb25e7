package io.lockstep.scenario.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.scenario.diagnostic.Diagnostic.Kind;
import io.lockstep.scenario.diagnostic.Diagnostic.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference lists the warnings, each with what to do. */
class WarningsPageTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| [^|]+ \\| [^|]+ \\|$");

  @Test
  void shouldListAllWarningsInTheOrderOfTheirDeclaration() throws IOException {
    final String page = Files.readString(Path.of("..", "docs", "reference", "warnings.md"));
    final List<String> listed = ROW.matcher(page).results().map(row -> row.group(1)).toList();
    assertEquals(
        Arrays.stream(Kind.values())
            .filter(kind -> kind.severity() == Severity.WARNING)
            .map(Kind::name)
            .toList(),
        listed);
  }
}
