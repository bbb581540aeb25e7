package io.lockstep.engine.core.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.expression.ExpressionException;
import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Laws of evaluation. A failing one prints its seed, which alone makes the expression. */
final class EvaluatorPropertyTest {
  private static final String[] ARGUMENTS = {
    "page",
    "price",
    "count",
    "token",
    "missing",
    "items",
    "yes",
    "\"\"",
    "\"a%zzü\"",
    "0",
    "-1",
    "1e300",
    "users.name",
    "body",
    "[1, [\"x\", null]]",
    "now()",
    "9223372036854775807"
  };

  private static final List<Function> FUNCTIONS = List.of(Function.values());

  private final Evaluator evaluator = new Evaluator();
  private final FixedScope scope = new FixedScope();

  /** Refused at load, or failed, or of the same value: as the oracle says. */
  @Property(tries = 20_000)
  void evaluationAgreesWithTheOracle(@ForAll final long seed) {
    final Random random = new Random(seed);
    final Oracle oracle = new Oracle(random);
    final Oracle.Expected expected = oracle.make(random.nextInt(5));
    final Expression expression;
    try {
      expression = SourceExpression.value(expected.text()).compile(new KnownNames());
    } catch (final ExpressionException e) {
      // An operand of a kind that has no order is refused, though null beside it would give false.
      assertTrue(
          oracle.anyFailed() || e.getMessage().contains(" does not take "),
          () -> expected.text() + " is refused: " + e.getMessage());
      return;
    }
    final boolean computed = evaluator.evaluate(expression, 1, 0, scope);
    if (expected.value() == Oracle.FAILED) {
      assertSame(false, computed, expected.text());
    } else {
      assertTrue(computed, () -> expected.text() + ": " + evaluator.failure());
      final Object item = evaluator.result().item();
      assertEquals(String.valueOf(expected.value()), String.valueOf(item), expected.text());
      assertEquals(kind(expected.value()), kind(item), expected.text());
    }
  }

  /** Whatever class a list has. */
  private static Class<?> kind(final Object item) {
    return item == null ? null : item instanceof List ? List.class : item.getClass();
  }

  /** Whatever arguments a function gets, it is refused, fails or has a value of its kinds. */
  @Property(tries = 20_000)
  void noFunctionEverThrows(@ForAll final long seed) {
    final Random random = new Random(seed);
    final Function function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
    final int most = Math.min(4, function.maxArguments());
    final int count = function.minArguments() + random.nextInt(most - function.minArguments() + 1);
    final List<String> arguments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      arguments.add(function.isLiteral(i) ? "\"a\"" : ARGUMENTS[random.nextInt(ARGUMENTS.length)]);
    }
    final String text = function.functionName() + "(" + String.join(", ", arguments) + ")";
    final Expression expression;
    try {
      expression = SourceExpression.value(text).compile(new KnownNames());
    } catch (final ExpressionException e) {
      assertTrue(e.faults().get(0).offset() < text.length(), text);
      return;
    }
    if (evaluator.evaluate(expression, random.nextLong(), random.nextInt(9), scope)) {
      assertTrue((evaluator.result().kind().mask() & expression.kinds()) != 0, text);
    } else {
      assertTrue(evaluator.failure().toString().startsWith("`" + expression), text);
    }
  }

  /** Neither other expressions nor the order of evaluation move a draw. */
  @Property(tries = 500)
  void drawsDependOnStreamSiteAndVisitAlone(
      @ForAll final long stream, @ForAll final long site, @ForAll final int visit) {
    final Template template =
        KnownNames.template("${int(0, 9223372036854775806)}-${hex(16)}-${uuid()}");
    scope.stream = stream;
    final String alone = rendered(template, site, visit);
    scope.set("token", "another");
    assertTrue(evaluator.evaluate(KnownNames.expression("string(50)"), site + 1, visit, scope));
    assertEquals(alone, rendered(template, site, visit));
    assertNotEquals(alone, rendered(template, site, visit + 1L));
    assertNotEquals(alone, rendered(template, site + 100, visit));
    scope.stream = stream + 1;
    assertNotEquals(alone, rendered(template, site, visit));
  }

  private String rendered(final Template template, final long site, final long visit) {
    final TextBuffer out = new TextBuffer();
    assertTrue(evaluator.render(template, site, visit, scope, out, null));
    return new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
  }

  /** The buffer encodes as the JDK does, but for lone surrogates. */
  @Property(tries = 1000)
  void theBufferHoldsUtf8(@ForAll final String text, @ForAll final long number) {
    final TextBuffer out = new TextBuffer();
    out.append(text);
    out.append(number);
    final String clean =
        text.codePoints()
            .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    assertEquals(clean + number, new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8));
  }
}
