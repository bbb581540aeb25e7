package io.lockstep.engine.core.expression;

import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.ExpressionLimits;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Op;
import io.lockstep.scenario.plan.expression.Value;
import java.util.Set;
import java.util.TreeSet;

/**
 * Values that nobody knows before a run, in a preview: what a setup takes from responses. A text
 * stands for each, and for all that is computed from it: the expression between <code>${</code> and
 * <code>}</code>, as a secret has it.
 */
public final class Unknowns {
  private final Set<String> texts = new TreeSet<>();
  private final Value seen = new Value();

  /** The text that stands for what an expression comes to. */
  public static String text(final String expression) {
    return "${" + expression + "}";
  }

  /** A value that is such a text stands for another from now on. */
  public void add(final String text) {
    texts.add(text);
  }

  /** Whether a value stands for one that nobody knows. */
  private boolean isUnknown(final Value value) {
    return value.kind() == Kind.TEXT && texts.contains(value.text());
  }

  /** The text that stands for an expression's value; {@code null} where that is known. */
  String of(final Expression expression, final Scope scope) {
    for (int at = 0; at < expression.length(); at += Op.length(expression.code(at))) {
      if (isUnknown(expression, at, scope)) {
        final boolean alone = expression.length() == Op.length(expression.code(0));
        final String text = alone ? seen.text() : text(expression.text());
        return text.length() > ExpressionLimits.MAX_TEXT ? text("…") : text;
      }
    }
    return null;
  }

  private boolean isUnknown(final Expression expression, final int at, final Scope scope) {
    switch (expression.code(at)) {
      case Op.SETUP -> scope.setup(expression.code(at + 1), seen);
      case Op.VARIABLE -> scope.variable(expression.code(at + 1), seen);
      default -> {
        return false;
      }
    }
    return isUnknown(seen);
  }
}
