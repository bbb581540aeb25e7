package io.lockstep.engine.core.expression;

import io.lockstep.scenario.plan.expression.ExpressionLimits;
import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.PureFunctions;
import io.lockstep.scenario.plan.expression.Texts;
import io.lockstep.scenario.plan.expression.Value;
import java.util.Arrays;

/**
 * What the logical form shows for the registers that a secret went into: the expression, with all
 * that is no secret filled in. The registers themselves hold what is sent; where the run has no
 * secrets they hold what an empty secret would give, which nobody sends. Whether something fails
 * never depends on a secret.
 */
final class Taint {
  private final Value[] stack;
  private final String[] shown;

  Taint(final Value[] stack) {
    this.stack = stack;
    shown = new String[stack.length];
  }

  void clear(final int count) {
    Arrays.fill(shown, 0, count, null);
  }

  /** What the logical form shows for a register; {@code null} where there is no secret in it. */
  String logical(final int at) {
    return shown[at];
  }

  boolean isAny(final int base, final int count) {
    for (int i = base; i < base + count; i++) {
      if (shown[i] != null) {
        return true;
      }
    }
    return false;
  }

  void secret(final int at, final String value, final String name) {
    stack[at].setUnbounded(value == null ? "" : value);
    shown[at] = "secrets." + name;
  }

  /** One text after another, of which one is a secret. */
  void add(final int at) {
    final Value a = stack[at];
    final Value b = stack[at + 1];
    if (a.kind() != Kind.TEXT || b.kind() != Kind.TEXT) {
      a.fail("`+` takes two texts here, not " + a.kind().words() + " and " + b.kind().words());
      return;
    }
    final String both = logicalOf(at) + " + " + logicalOf(at + 1);
    a.setUnbounded(a.text().concat(b.text()));
    show(at, both);
    shown[at + 1] = null;
  }

  void choose(final int base, final int count, final long bits) {
    final int chosen = base + Draws.chosen(count, bits);
    final String name = shown[chosen];
    Arrays.fill(shown, base, base + count, null);
    stack[base].copy(stack[chosen]);
    shown[base] = name;
  }

  void call(final Function function, final int base, final int count) {
    final StringBuilder out = new StringBuilder(function.functionName()).append('(');
    for (int i = base; i < base + count; i++) {
      out.append(i > base ? ", " : "").append(logicalOf(i));
    }
    PureFunctions.callOnSecret(function, stack, base, count);
    Arrays.fill(shown, base, base + count, null);
    show(base, out.append(')').toString());
  }

  private String logicalOf(final int at) {
    return shown[at] == null ? Texts.literal(stack[at].item()) : shown[at];
  }

  private void show(final int at, final String text) {
    if (text.length() > ExpressionLimits.MAX_TEXT) {
      stack[at].fail("the text has more than " + ExpressionLimits.MAX_TEXT + " characters");
    } else if (!stack[at].isFailure()) {
      shown[at] = text;
    }
  }
}
