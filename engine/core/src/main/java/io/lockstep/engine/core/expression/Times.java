package io.lockstep.engine.core.expression;

import io.lockstep.scenario.plan.expression.Dates;
import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.Texts;
import io.lockstep.scenario.plan.expression.Value;

/** The functions of the virtual time. */
final class Times {
  private static final long NS_PER_MS = 1_000_000;

  private Times() {}

  static void call(
      final Function function,
      final Value[] stack,
      final int base,
      final int count,
      final long nowNs) {
    final Value into = stack[base];
    final long nowMs = Math.floorDiv(nowNs, NS_PER_MS);
    if (function == Function.NOW) {
      into.set(nowMs);
      return;
    }
    long offsetMs = 0;
    if (count > 1) {
      final Value offset = stack[base + 1];
      Texts.toText(offset);
      if (!offset.isFailure()) {
        Dates.offset(offset.text(), offset);
      }
      if (offset.isFailure()) {
        into.copy(offset);
        return;
      }
      offsetMs = offset.number();
    }
    Texts.toText(into);
    if (!into.isFailure()) {
      Dates.format(into.text(), nowMs + offsetMs, into);
    }
  }
}
