package io.lockstep.scenario.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.yaml.Budget;
import io.lockstep.scenario.yaml.DocumentReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Diagnostics point into the YAML. */
class ExpressionTypeTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\0',
      value = {
        "if: status = 200 => t.yaml:1:12: error: `=` is no operator",
        "if: \"status = 200\" => t.yaml:1:13: error: `=` is no operator",
        "if: 'status = 200' => t.yaml:1:13: error: `=` is no operator",
        "if: 'it''s = 200' => t.yaml:1:5: error: nothing closes this text",
        "if: &a status = 200 => t.yaml:1:5: error: `=` is no operator",
        "if: ü + totl => t.yaml:1:5: error: `ü` does not belong in an expression",
        "if: '\"ü\" == totl' => t.yaml:1:13: error: there is no variable `totl`",
        "if: status == 200 && totl > 1 => t.yaml:1:22: error: there is no variable `totl`",
        "if: [] => t.yaml:1:5: error: expected a condition such as status == 200, found a list",
        "if: 5 => t.yaml:1:5: error: a condition is true or false, not a number",
      })
  void shouldPointAtTheMistake(final String yaml, final String headline) {
    assertEquals(headline, headline(yaml, ExpressionType.CONDITION));
  }

  @Test
  void shouldPointAtTheMistakeInATemplate() {
    final Type<SourceTemplate> type = new TemplateType("a path", true);
    assertEquals(
        "t.yaml:1:18: error: there is no data source `user`",
        headline("path: /items?a=${user.id}", type));
    assertEquals(
        "t.yaml:1:7: error: there is no data source `user`",
        headline("path: |\n  /items\n  ${user.id}\n", type));
    assertEquals("", headline("path: /items?a=${users.name}", type));
    assertEquals("", headline("path: 5", type));
  }

  private static String headline(final String yaml, final Type<?> type) {
    final Source source = new Source("t.yaml", yaml);
    final Diagnostics diagnostics = new Diagnostics(source);
    final Node root = DocumentReader.read(diagnostics, new Budget()).orElseThrow();
    final Reading in = new Reading(diagnostics);
    final Object read = type.read(((MapNode) root).entries().get(0).value(), in);
    if (read instanceof SourceExpression expression) {
      assertEquals(expression.compile(new SomeNames(), in) == null, diagnostics.hasErrors());
    } else if (read instanceof SourceTemplate template) {
      assertEquals(template.compile(new SomeNames(), in) == null, diagnostics.hasErrors());
    }
    return diagnostics.sorted().stream().map(Diagnostic::headline).findFirst().orElse("");
  }
}
