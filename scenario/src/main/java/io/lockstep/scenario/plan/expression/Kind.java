package io.lockstep.scenario.plan.expression;

import java.util.ArrayList;
import java.util.List;

/** Kinds of value. A set of them is a bit mask. */
public enum Kind {
  /** Nothing there. */
  NULL(1 << 0, "null"),
  /** True or false. */
  BOOLEAN(1 << 1, "a boolean"),
  /** A whole number of 64 bits. */
  LONG(1 << 2, "a number"),
  /** Any other number: a finite double. */
  DOUBLE(1 << 3, "a number"),
  /** Text. */
  TEXT(1 << 4, "text"),
  /** A list of values. */
  LIST(1 << 5, "a list"),
  /** No value: an evaluation failed. */
  FAILURE(1 << 6, "a failure");

  /** Whole and other numbers. */
  public static final int NUMBER = LONG.mask() | DOUBLE.mask();

  /** What has one plain spelling. */
  public static final int SCALAR = BOOLEAN.mask() | NUMBER | TEXT.mask();

  /** What may be a number: a text may spell one. */
  public static final int NUMERIC = NUMBER | TEXT.mask();

  /** What may be a condition: null is false, a text may spell a boolean. */
  public static final int CONDITION = NULL.mask() | BOOLEAN.mask() | TEXT.mask();

  /** Every kind. */
  public static final int ANY = NULL.mask() | SCALAR | LIST.mask();

  private final int mask;
  private final String words;

  Kind(final int mask, final String words) {
    this.mask = mask;
    this.words = words;
  }

  /** The set of this kind alone. */
  public int mask() {
    return mask;
  }

  /** The kind in a message, with an article. */
  public String words() {
    return words;
  }

  /** A set of kinds in a message: {@code a number or text}. */
  public static String words(final int mask) {
    if ((mask & ANY) == ANY) {
      return "any value";
    }
    final List<String> found = new ArrayList<>();
    for (final Kind kind : values()) {
      if ((mask & kind.mask()) != 0 && !found.contains(kind.words)) {
        found.add(kind.words);
      }
    }
    return String.join(" or ", found);
  }
}
