package io.lockstep.engine.content.response;

import java.util.Arrays;

/**
 * The body that came last, so that whoever has worked something out of it can tell whether the next
 * one is the same: that is to compare it, which costs a small part of reading it.
 */
public final class LastBody {
  /** Longer ones are not kept. */
  private static final int MAX_BYTES = 64 << 10;

  private byte[] bytes = new byte[0];
  private int length;
  private boolean isKnown;

  /** Whether the body at hand is the one that was kept last. */
  public boolean isSame(final Content content) {
    return isKnown
        && length == content.length()
        && Arrays.equals(
            bytes,
            0,
            length,
            content.bytes(),
            content.offset(),
            content.offset() + content.length());
  }

  /** Keeps the body at hand. */
  public void keep(final Content content) {
    length = content.length();
    isKnown = length <= MAX_BYTES;
    if (isKnown) {
      if (bytes.length < length) {
        bytes = new byte[length];
      }
      System.arraycopy(content.bytes(), content.offset(), bytes, 0, length);
    }
  }

  /** Keeps none. */
  public void forget() {
    isKnown = false;
  }
}
