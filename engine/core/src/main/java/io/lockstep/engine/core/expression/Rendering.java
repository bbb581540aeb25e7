package io.lockstep.engine.core.expression;

import io.lockstep.scenario.plan.expression.Texts;
import io.lockstep.scenario.plan.expression.Value;

/** The two forms of a rendered template, the wire form {@code null} where nothing is sent. */
final class Rendering {
  private Rendering() {}

  /** Appends a literal. */
  static void append(final byte[] literal, final TextBuffer logical, final TextBuffer wire) {
    logical.append(literal);
    if (wire != null) {
      wire.append(literal);
    }
  }

  /**
   * Appends a value as text; the value is a failure afterwards where it has none.
   *
   * @param shown what the logical form has in its place; {@code null} where it is no secret
   */
  static void append(
      final Value value, final String shown, final TextBuffer logical, final TextBuffer wire) {
    switch (value.kind()) {
      case LONG -> {
        logical.append(value.number());
        if (wire != null) {
          wire.append(value.number());
        }
      }
      case TEXT -> append(value.text(), shown, logical, wire);
      default -> {
        Texts.toText(value);
        if (!value.isFailure()) {
          append(value.text(), shown, logical, wire);
        }
      }
    }
  }

  private static void append(
      final String value, final String shown, final TextBuffer logical, final TextBuffer wire) {
    if (shown == null) {
      logical.append(value);
    } else {
      logical.append("${");
      logical.append(shown);
      logical.append("}");
    }
    if (wire != null) {
      wire.append(value);
    }
  }
}
