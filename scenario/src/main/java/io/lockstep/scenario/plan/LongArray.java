package io.lockstep.scenario.plan;

import java.util.Arrays;

/** An immutable array of longs with value equality. */
public final class LongArray {
  private final long[] values;

  private LongArray(final long[] values) {
    this.values = values;
  }

  /** An array of copies of these values. */
  public static LongArray of(final long... values) {
    return new LongArray(values.clone());
  }

  public int length() {
    return values.length;
  }

  public long get(final int index) {
    return values[index];
  }

  /** A fresh copy. */
  public long[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof LongArray that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
