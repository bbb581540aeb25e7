package io.lockstep.scenario.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.expression.BuiltIn;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Op;
import io.lockstep.scenario.plan.expression.Template;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionCompileTest {
  private final SomeNames names = new SomeNames();

  private Expression compiled(final String text) throws ExpressionException {
    return SourceExpression.value(text).compile(names);
  }

  private Template template(final String text) throws ExpressionException {
    return SourceTemplate.of(text, true).compile(names);
  }

  @ParameterizedTest(name = "{0} folds to {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\0',
      value = {
        "1 + 2 * 3 => 7",
        "page_size * 2 => 40",
        "env.HOME_REGION + \"-1\" => \"eu-1\"",
        "7 / 2 => 3.5",
        "6 / 3 => 2",
        "upper(\"a\") + 'b' => \"Ab\"",
        "true ? vu : total => vu",
        "false && total => false",
        "true || total => true",
        "true && vu > 1 => vu > 1",
        "true && has_next => true && has_next",
        "total + (1 + 1) => total + 2",
        "len(split(\"a,b\", \",\")) => len(split(\"a,b\", \",\"))",
        "matches(\"abc\", \"b\") => true",
        "!(1 > 2) => true",
        "-(-3) => 3",
        "2.50 => 2.5",
        "1e21 + 0.0 => 1e21",
        "0.1 + 0.2 => 0.30000000000000004",
        "1.0 => 1.0",
        "int(1,  1+1) => int(1, 2)",
        "(total) - (vu - 1) - 1 => total - (vu - 1) - 1",
        "has_next?1:has_next?2:3 => has_next ? 1 : has_next ? 2 : 3",
        "(has_next ? 1 : 2) + 1 => (has_next ? 1 : 2) + 1",
      })
  void shouldFoldAndSpellCanonically(final String text, final String canonical) throws Exception {
    assertEquals(canonical, compiled(text).text());
    assertEquals(canonical, compiled(canonical).text());
  }

  @Test
  void shouldCompileToPostfixCode() throws Exception {
    final Expression expression = compiled("status == 200 && total > 1.5");
    final int[] code = new int[expression.length()];
    for (int i = 0; i < code.length; i++) {
      code[i] = expression.code(i);
    }
    assertEquals(
        List.of(
            Op.BUILT_IN,
            4,
            Op.LONG,
            0,
            Op.EQUAL,
            Op.AND,
            13,
            Op.VARIABLE,
            0,
            Op.DOUBLE,
            0,
            Op.GREATER,
            Op.TEST),
        Arrays.stream(code).boxed().toList());
    assertEquals(200, expression.number(0));
    assertEquals(1.5, expression.decimal(0));
    assertEquals(2, expression.stack());
    assertEquals(Kind.BOOLEAN.mask(), expression.kinds());
  }

  @Test
  void shouldTellWhatAnExpressionNeeds() throws Exception {
    final Expression plain = compiled("total + vu");
    assertFalse(plain.usesResponse());
    assertFalse(plain.isTainted());
    final Expression outcome = compiled("status == 200 && duration < 1");
    assertTrue(outcome.usesResponse());
    assertFalse(outcome.usesBody());
    assertFalse(outcome.usesHeaders());
    final Expression content =
        compiled("json(\"$.a\") == header(\"ETag\") || json(\"$.b\") == json(\"$.a\")");
    assertTrue(content.usesBody());
    assertEquals(List.of("$.a", "$.b", "$.a"), content.jsonPaths());
    assertEquals(List.of("etag"), content.headers());
    assertEquals(List.of("$.a", "$.b"), names.paths);
    assertTrue(compiled("len(body)").usesBody());
    assertTrue(compiled("date(\"iso\")").usesClock());
    assertEquals(2, compiled("[int(1, 2), counter(\"c\"), uuid()]").draws());
    assertEquals(List.of("c"), names.counters);
    assertTrue(template("Bearer ${secrets.token}").isTainted());
  }

  @Test
  void shouldNumberDrawsOverAWholeTemplate() throws Exception {
    final Template template = template("${uuid()}-${int(1, 2)}");
    assertEquals(0, template.expression(0).code(3));
    assertEquals(1, template.expression(1).code(template.expression(1).length() - 1));
  }

  @Test
  void shouldMakeOneLiteralOfWhatIsConstant() throws Exception {
    assertEquals(
        Template.constant("a 7 ${x} $ eu"), template("a ${3 + 4} $${x} $ ${env.HOME_REGION}"));
    assertTrue(template("plain").isConstant());
    assertEquals("plain", template("plain").constant());
    assertEquals("$${", template("$${").text());
    final Template mixed = template("${\"$\"}${vu}$");
    assertEquals("${\"$\"}${vu}$", mixed.text());
    assertEquals(mixed, template(mixed.text()));
    assertEquals("$", mixed.literal(0));
    assertEquals("a}b", template("${\"a}b\"}").constant());
  }

  @Test
  void shouldBeEqualWhereTheyDoTheSame() throws Exception {
    assertEquals(compiled("total+1"), compiled("( total + 1 )"));
    assertEquals(compiled("total+1").hashCode(), compiled("total + 1").hashCode());
    assertNotEquals(compiled("total+1"), compiled("total + 2"));
    assertEquals(SourceExpression.value("total+1"), SourceExpression.value("total  + 1"));
    assertNotEquals(SourceExpression.value("total"), SourceExpression.condition("total"));
    assertEquals(SourceTemplate.of("a${ vu }", false), SourceTemplate.of("a${vu}", false));
    assertNotEquals(SourceTemplate.of("a${vu}", false), SourceTemplate.of("a${vu}", true));
  }

  @Test
  void shouldFindEachFunctionAndNameByItsCode() {
    for (final Function function : Function.values()) {
      assertEquals(function, Function.of(function.code()));
      assertEquals(
          Optional.of(function),
          Function.named(function.functionName()).map(one -> one.with(function.minArguments())));
    }
    for (final BuiltIn builtIn : BuiltIn.values()) {
      assertEquals(builtIn, BuiltIn.of(builtIn.code()));
      assertTrue(BuiltIn.isReserved(builtIn.word()));
    }
    assertFalse(BuiltIn.isReserved("total"));
  }
}
