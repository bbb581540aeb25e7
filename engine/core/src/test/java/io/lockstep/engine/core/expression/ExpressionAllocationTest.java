package io.lockstep.engine.core.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Template;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Numbers, booleans and the outcome of a response are computed without allocation. */
final class ExpressionAllocationTest {
  private static final int ROUNDS = 100_000;
  private static final long TOLERANCE = 4096;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Evaluator evaluator = new Evaluator();
  private final FixedScope scope = new FixedScope();

  @Test
  void shouldAllocateNothingForConditions() {
    final String[] conditions = {
      "status == 200 && duration < 250",
      "!failed && (page % 2 == 1 || price >= 2.5) && vu - iteration > -3",
      "token == \"abc\" && missing == null && count > 9",
      "len(items) == 3 && starts_with(token, \"ab\") && items[0] != \"b\"",
      "int(1, 6) <= 6 && float(0, 1) < 1 && choice(1, 2) > 0 && round(price) == 3",
    };
    for (final String condition : conditions) {
      final Expression expression = KnownNames.expression(condition);
      long held = 0;
      long before = 0;
      for (int i = -ROUNDS; i < ROUNDS; i++) {
        if (i == 0) {
          before = THREADS.getCurrentThreadAllocatedBytes();
        }
        held += evaluator.test(expression, 1, i, scope) == Truth.TRUE ? 1 : 0;
      }
      final long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertEquals(2 * ROUNDS, held, condition);
      assertTrue(bytes <= TOLERANCE, bytes + " bytes for " + condition);
    }
  }

  @Test
  void shouldAllocateNothingForATemplateOfTextsAndWholeNumbers() {
    final Template template = KnownNames.template("/items?user=${token}&n=${int(1,10)}&p=${page}");
    final TextBuffer out = new TextBuffer();
    long rendered = 0;
    long before = 0;
    for (int i = -ROUNDS; i < ROUNDS; i++) {
      if (i == 0) {
        before = THREADS.getCurrentThreadAllocatedBytes();
      }
      out.clear();
      rendered += evaluator.render(template, 1, i, scope, out, null) ? 1 : 0;
    }
    final long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertEquals(2 * ROUNDS, rendered);
    assertTrue(bytes <= TOLERANCE, bytes + " bytes");
  }
}
