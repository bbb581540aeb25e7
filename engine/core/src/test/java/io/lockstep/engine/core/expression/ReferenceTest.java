package io.lockstep.engine.core.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.expression.BuiltIn;
import io.lockstep.scenario.plan.expression.Codings;
import io.lockstep.scenario.plan.expression.ExpressionLimits;
import io.lockstep.scenario.plan.expression.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference has every function and name, no other ones, and its examples are right. */
final class ReferenceTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "reference", "expressions.md");
  private static final String CELL = " `([^`]+)` ";
  private static final Pattern FUNCTION =
      Pattern.compile("(?m)^\\|" + CELL + "\\| [^|]+ \\|" + CELL + "\\|" + CELL + "\\|$");
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^\\|" + CELL + "\\|" + CELL + "\\|$");
  private static final Pattern NAME =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (number|text|boolean) \\|");

  /** What follows the path of this one is another module, whose test looks at its example. */
  private static final String ELSEWHERE = Function.JSON_OF.signature();

  private final String page = read();

  @Test
  void shouldHaveARowForEveryFunctionAndNoOther() {
    assertEquals(
        Arrays.stream(Function.values()).map(Function::signature).sorted().toList(),
        FUNCTION.matcher(page).results().map(row -> row.group(1)).sorted().toList());
  }

  @Test
  void shouldHaveARowForEveryBuiltInNameAndNoOther() {
    assertEquals(BuiltIn.names(), NAME.matcher(page).results().map(row -> row.group(1)).toList());
  }

  @Test
  void shouldShowForEachFunctionAnExampleWithIt() {
    for (final MatchResult row : FUNCTION.matcher(page).results().toList()) {
      final String name = row.group(1).substring(0, row.group(1).indexOf('('));
      assertTrue(row.group(2).contains(name + "("), row.group());
    }
  }

  @Test
  void shouldGiveForEachExampleWhatThePageSays() {
    final List<MatchResult> functions = FUNCTION.matcher(page).results().toList();
    final List<MatchResult> others = EXAMPLE.matcher(page).results().toList();
    functions.stream()
        .filter(row -> !row.group(1).equals(ELSEWHERE))
        .forEach(row -> assertGives(row.group(2), row.group(3)));
    others.forEach(row -> assertGives(row.group(1), row.group(2)));
    assertEquals(Function.values().length, functions.size());
    assertEquals(14, others.size());
  }

  private static void assertGives(final String example, final String value) {
    final Evaluator evaluator = new Evaluator();
    assertTrue(
        evaluator.evaluate(KnownNames.expression(example), 99, 0, new FixedScope()),
        () -> evaluator.failure().toString());
    assertEquals(value, evaluator.result().toString(), example);
  }

  @Test
  void shouldNameEveryLimitAlgorithmAndFunctionForSecrets() {
    final Set<String> missing = new TreeSet<>();
    for (final int limit :
        new int[] {
          ExpressionLimits.MAX_EXPRESSION,
          ExpressionLimits.MAX_TEMPLATE,
          ExpressionLimits.MAX_PARTS,
          ExpressionLimits.MAX_TEXT,
          ExpressionLimits.MAX_LIST,
          ExpressionLimits.MAX_RENDERED,
          ExpressionLimits.MAX_PATTERN
        }) {
      final String spelled = String.format(Locale.ROOT, "%,d", limit);
      if (!page.contains(spelled)) {
        missing.add(spelled);
      }
    }
    Codings.ALGORITHMS.stream().filter(a -> !page.contains("\"" + a + "\"")).forEach(missing::add);
    final String secrets =
        page.substring(page.indexOf("## Secrets"), page.indexOf("## Determinism"));
    Arrays.stream(Function.values())
        .filter(f -> f.trait() == Function.Trait.SECRET)
        .map(Function::functionName)
        .filter(name -> !secrets.contains("`" + name + "`"))
        .forEach(missing::add);
    assertEquals(Set.of(), missing);
  }

  private static String read() {
    try {
      return Files.readAllLines(PAGE).stream().collect(Collectors.joining("\n"));
    } catch (final IOException e) {
      throw new AssertionError(PAGE + " cannot be read", e);
    }
  }
}
