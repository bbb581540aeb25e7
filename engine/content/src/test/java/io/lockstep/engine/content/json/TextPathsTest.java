package io.lockstep.engine.content.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.expression.ExpressionException;
import io.lockstep.scenario.expression.Names;
import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.PureFunctions;
import io.lockstep.scenario.plan.expression.TextQueries;
import io.lockstep.scenario.plan.expression.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSONPaths in texts that are no body. */
final class TextPathsTest {
  private static final String ADDRESS =
      "{\"city\":\"Ulm\",\"zip\":\"089\",\"no\":12,\"share\":0.5,\"ok\":true,\"none\":null,"
          + "\"tags\":[\"a\",2,[3],{\"b\":4},null]}";

  private static Object find(final String path, final String text) {
    return TextQueries.ofJsonPath(path).find(text);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {"$.city|Ulm", "$.zip|089", "$.no|12", "$.share|0.5", "$.ok|true", "$.tags[1]|2"})
  void shouldFindAValueOfAnObject(final String path, final String value) {
    assertEquals(value, find(path, ADDRESS).toString());
  }

  @Test
  void shouldTypeValuesAsJsonDoes() {
    assertEquals(12L, find("$.no", ADDRESS));
    assertEquals(0.5, find("$.share", ADDRESS));
    assertEquals(true, find("$.ok", ADDRESS));
  }

  @Test
  void shouldGiveAnArrayAsAListWhoseNestedItemsStayJson() {
    final List<Object> items = List.of("a", 2L, "[3]", "{\"b\":4}");
    assertEquals(items, find("$.tags", ADDRESS));
    assertEquals(items, find("$.tags[*]", ADDRESS));
    assertEquals(List.of(1L, 2L), find("$", "[1,2]"));
    assertEquals(List.of(), find("$", "[]"));
  }

  @ParameterizedTest(name = "{0} finds nothing in {1}")
  @CsvSource(
      delimiter = '|',
      value = {"$.none|{\"none\":null}", "$.b|{\"a\":1}", "$.b|no JSON", "$|{} {}", "$.b|''"})
  void shouldFindNothing(final String path, final String text) {
    assertNull(find(path, text));
  }

  @Test
  void shouldBeWhatAnExpressionWithTwoArgumentsComesTo() throws ExpressionException {
    final Expression expression =
        SourceExpression.value("json(\"{\\\"a\\\": [1, 2]}\", '$.a')").compile(new NoNames());
    final Value value = new Value();
    value.set(expression.text(0));
    PureFunctions.find(value, expression.query(1));
    assertEquals(List.of(1L, 2L), value.list());
    value.setNull();
    PureFunctions.find(value, expression.query(1));
    assertTrue(value.isNull());
  }

  /** Of an expression that has none. */
  private static final class NoNames implements Names {
    @Override
    public int counter(final String name) {
      return NONE;
    }

    @Override
    public int header(final String name) {
      return NONE;
    }

    @Override
    public int json(final String path) {
      return NONE;
    }
  }

  @Test
  void shouldFindWhatTheReferenceSays() throws IOException {
    final String page =
        Files.readString(Path.of("..", "..", "docs", "reference", "expressions.md"));
    final Matcher row =
        Pattern.compile(
                Pattern.quote("| `" + Function.JSON_OF.signature() + "` |")
                    + "[^|]+\\| `json\\(\"(.+)\", \"(.+)\"\\)` \\| `(.+)` \\|")
            .matcher(page);
    assertTrue(row.find());
    assertEquals(row.group(3), find(row.group(2), row.group(1).replace("\\\"", "\"")).toString());
  }
}
