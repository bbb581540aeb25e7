package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.ValueSink;
import io.lockstep.scenario.plan.expression.Value;
import java.util.List;

/** Puts values into the variables of a VU; one that nothing looks at is dropped. */
final class VariableSink implements ValueSink {
  private static final int NO_VALUE = -1;

  private final VuVariables variables;
  private int vu;
  private int[] values;

  /** Gets what comes in place of a variable; {@code null} for none. */
  private Value into;

  VariableSink(final VuVariables variables) {
    this.variables = variables;
  }

  /** What follows goes into these variables of a VU, by ordinal. */
  VariableSink of(final int newVu, final int[] newValues) {
    vu = newVu;
    values = newValues;
    into = null;
    return this;
  }

  /** What follows goes into this. */
  VariableSink of(final Value only) {
    into = only;
    return this;
  }

  private Value value(final int ordinal) {
    if (into != null) {
      return into;
    }
    return values[ordinal] == NO_VALUE ? null : variables.get(vu, values[ordinal]);
  }

  @Override
  public void nothing(final int ordinal) {
    final Value value = value(ordinal);
    if (value != null) {
      value.setNull();
    }
  }

  @Override
  public void text(final int ordinal, final String text) {
    final Value value = value(ordinal);
    if (value != null) {
      value.set(text);
    }
  }

  @Override
  public void integer(final int ordinal, final long number) {
    final Value value = value(ordinal);
    if (value != null) {
      value.set(number);
    }
  }

  @Override
  public void decimal(final int ordinal, final double number) {
    final Value value = value(ordinal);
    if (value != null) {
      value.set(number);
    }
  }

  @Override
  public void truth(final int ordinal, final boolean truth) {
    final Value value = value(ordinal);
    if (value != null) {
      value.set(truth);
    }
  }

  @Override
  public void list(final int ordinal, final List<Object> list) {
    final Value value = value(ordinal);
    if (value != null) {
      value.set(list);
    }
  }
}
