package io.lockstep.engine.content.value;

import java.util.Arrays;

/** The values that a place in a response has, in their order. Reused by its owner. */
public final class Matches {
  /** So many are looked at; what comes after them is as if it were not there. */
  public static final int MAX_MATCHES = 10_000;

  /** A longer value, in characters, counts as not found. */
  public static final int MAX_VALUE_LENGTH = 1 << 20;

  private String[] texts = new String[4];
  private Kind[] kinds = new Kind[4];
  private int count;

  /** Forgets all. */
  public void clear() {
    Arrays.fill(texts, 0, count, null);
    count = 0;
  }

  /** Adds a value, unless there are too many or it is too long. */
  public void add(final Kind kind, final String text) {
    if (isFull() || text.length() > MAX_VALUE_LENGTH) {
      return;
    }
    if (count == texts.length) {
      texts = Arrays.copyOf(texts, count * 2);
      kinds = Arrays.copyOf(kinds, count * 2);
    }
    texts[count] = text;
    kinds[count] = kind;
    count++;
  }

  /** Adds text from a place without types. */
  public void add(final String text) {
    add(Kind.UNTYPED, text);
  }

  /** Whether further ones are not looked at. */
  public boolean isFull() {
    return count == MAX_MATCHES;
  }

  public int count() {
    return count;
  }

  public String text(final int index) {
    return texts[index];
  }

  public Kind kind(final int index) {
    return kinds[index];
  }
}
