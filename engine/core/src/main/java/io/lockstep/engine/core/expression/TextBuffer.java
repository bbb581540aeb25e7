package io.lockstep.engine.core.expression;

import io.lockstep.scenario.plan.expression.ExpressionLimits;
import java.util.Arrays;

/**
 * Text as UTF-8 bytes, used again and again. Grows up to a limit; what is beyond it is left out,
 * and {@link #isOverflowed()} says so.
 */
public final class TextBuffer {
  private static final int START = 1024;
  private static final int LONGEST_NUMBER = 20;
  private static final int LONGEST_CHAR = 4;

  private final int limit;
  private byte[] bytes = new byte[START];
  private int length;
  private boolean overflowed;

  /** A buffer for what one template renders to at most. */
  public TextBuffer() {
    this(ExpressionLimits.MAX_RENDERED);
  }

  /** A buffer for at most {@code limit} bytes. */
  public TextBuffer(final int limit) {
    this.limit = limit;
  }

  /** Empties it. */
  public void clear() {
    length = 0;
    overflowed = false;
  }

  /** Drops what is after a length that it had before. */
  public void truncate(final int earlier) {
    length = Math.min(length, earlier);
  }

  /** The bytes, of which {@link #length()} count; valid until the next change. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Whether something did not fit. */
  public boolean isOverflowed() {
    return overflowed;
  }

  /** Appends bytes that are UTF-8. */
  public void append(final byte[] utf8) {
    if (reserve(utf8.length)) {
      System.arraycopy(utf8, 0, bytes, length, utf8.length);
      length += utf8.length;
    }
  }

  /** Appends a number in decimal, without allocation. */
  public void append(final long number) {
    if (number == Long.MIN_VALUE) {
      append("-9223372036854775808");
      return;
    }
    if (!reserve(LONGEST_NUMBER)) {
      return;
    }
    long rest = Math.abs(number);
    int digits = 1;
    for (long next = rest / 10; next > 0; next /= 10) {
      digits++;
    }
    if (number < 0) {
      bytes[length++] = '-';
    }
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** Appends text, without allocation; half of a surrogate pair becomes U+FFFD. */
  public void append(final CharSequence text) {
    int at = 0;
    while (at < text.length()) {
      if (!reserve(LONGEST_CHAR)) {
        return;
      }
      final char c = text.charAt(at);
      if (c < 0x80) {
        bytes[length++] = (byte) c;
        at++;
      } else {
        final int codePoint = Character.codePointAt(text, at);
        at += Character.charCount(codePoint);
        encode(Character.isSurrogate(c) && codePoint == c ? 0xFFFD : codePoint);
      }
    }
  }

  private void encode(final int c) {
    if (c < 0x800) {
      bytes[length++] = (byte) (0xC0 | c >> 6);
    } else {
      if (c < 0x10000) {
        bytes[length++] = (byte) (0xE0 | c >> 12);
      } else {
        bytes[length++] = (byte) (0xF0 | c >> 18);
        bytes[length++] = (byte) (0x80 | (c >> 12 & 0x3F));
      }
      bytes[length++] = (byte) (0x80 | (c >> 6 & 0x3F));
    }
    bytes[length++] = (byte) (0x80 | (c & 0x3F));
  }

  private boolean reserve(final int more) {
    if (more > limit - length) {
      overflowed = true;
    } else if (length + more > bytes.length) {
      bytes =
          Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(bytes.length * 2L, length + more)));
    }
    return !overflowed;
  }
}
