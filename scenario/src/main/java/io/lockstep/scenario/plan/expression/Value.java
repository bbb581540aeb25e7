package io.lockstep.scenario.plan.expression;

import java.util.List;

/**
 * A register: one value of any kind, overwritten in place, so that numbers and booleans cost no
 * allocation. A failure is a value too, with its message; it never becomes an exception.
 */
public final class Value {
  private Kind kind = Kind.NULL;
  private long number;
  private double decimal;
  private Object object;

  public Kind kind() {
    return kind;
  }

  public boolean isNull() {
    return kind == Kind.NULL;
  }

  public boolean isFailure() {
    return kind == Kind.FAILURE;
  }

  public boolean isNumber() {
    return kind == Kind.LONG || kind == Kind.DOUBLE;
  }

  /** Of a boolean. */
  public boolean truth() {
    require(Kind.BOOLEAN);
    return number != 0;
  }

  /** Of a whole number. */
  public long number() {
    require(Kind.LONG);
    return number;
  }

  /** Of any number, as the nearest double. */
  public double decimal() {
    return kind == Kind.LONG ? (double) number : decimalOnly();
  }

  private double decimalOnly() {
    require(Kind.DOUBLE);
    return decimal;
  }

  /** Of a text. */
  public String text() {
    require(Kind.TEXT);
    return (String) object;
  }

  /** Of a list: null, Boolean, Long, Double, String and List. */
  public List<?> list() {
    require(Kind.LIST);
    return (List<?>) object;
  }

  /** What went wrong, in a clause. */
  public String failure() {
    require(Kind.FAILURE);
    return (String) object;
  }

  public void setNull() {
    kind = Kind.NULL;
    object = null;
  }

  public void set(final boolean value) {
    kind = Kind.BOOLEAN;
    number = value ? 1 : 0;
    object = null;
  }

  public void set(final long value) {
    kind = Kind.LONG;
    number = value;
    object = null;
  }

  /** A double; a failure where it is not finite. */
  public void set(final double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      fail("the result is too large for a number");
      return;
    }
    kind = Kind.DOUBLE;
    decimal = value;
    object = null;
  }

  /** A text; null where there is none, a failure where it is too long. */
  public void set(final String value) {
    if (value == null) {
      setNull();
    } else if (value.length() > ExpressionLimits.MAX_TEXT) {
      fail("the text has more than " + ExpressionLimits.MAX_TEXT + " characters");
    } else {
      setUnbounded(value);
    }
  }

  /** A text of any length, for what comes of a secret, whose bound is its construction. */
  public void setUnbounded(final String value) {
    kind = Kind.TEXT;
    object = value;
  }

  /** A list of null, Boolean, Long, Double, String and List, which nobody changes any more. */
  public void set(final List<?> value) {
    final BoundedList list = BoundedList.of(value);
    final String fault = list.fault();
    if (fault == null) {
      kind = Kind.LIST;
      object = list;
    } else {
      fail(fault);
    }
  }

  /** No value, and why: a clause without its full stop. */
  public void fail(final String message) {
    kind = Kind.FAILURE;
    object = message;
  }

  /** The value of another register. */
  public void copy(final Value other) {
    kind = other.kind;
    number = other.number;
    decimal = other.decimal;
    object = other.object;
  }

  /** An item of a list: null, Boolean, Long, Double, String or List. */
  public void setItem(final Object item) {
    if (item == null) {
      setNull();
    } else if (item instanceof Boolean value) {
      set(value.booleanValue());
    } else if (item instanceof Long value) {
      set(value.longValue());
    } else if (item instanceof Double value) {
      set(value.doubleValue());
    } else if (item instanceof String value) {
      set(value);
    } else if (item instanceof List<?> value) {
      set(value);
    } else {
      throw new IllegalArgumentException("no kind of value: " + item.getClass().getName());
    }
  }

  /** As an item of a list. */
  public Object item() {
    return switch (kind) {
      case NULL -> null;
      case BOOLEAN -> number != 0;
      case LONG -> number;
      case DOUBLE -> decimal;
      case TEXT, LIST -> object;
      case FAILURE -> throw new IllegalStateException("a failure is no item: " + object);
    };
  }

  private void require(final Kind expected) {
    if (kind != expected) {
      throw new IllegalStateException("expected " + expected + ", is " + kind);
    }
  }

  @Override
  public String toString() {
    return kind == Kind.FAILURE ? "failure: " + object : Texts.literal(item());
  }
}
