package io.lockstep.engine.content.response;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Header lines of a response, walked without copies: {@code name: value} and CR LF each. */
public final class HeaderLines {
  private DirectBuffer buffer;
  private int end;
  private int next;
  private int nameStart;
  private int nameEnd;
  private int valueStart;
  private int valueEnd;

  /** Before the first line of a block. */
  public HeaderLines reset(final DirectBuffer block, final int offset, final int length) {
    buffer = block;
    next = offset;
    end = offset + length;
    return this;
  }

  /** Goes to the next line that has a name; {@code false} at the end. */
  public boolean next() {
    while (next < end) {
      final int start = next;
      int lineEnd = start;
      while (lineEnd < end && buffer.getByte(lineEnd) != '\n') {
        lineEnd++;
      }
      next = lineEnd + 1;
      if (split(start, lineEnd)) {
        return true;
      }
    }
    return false;
  }

  private boolean split(final int start, final int lineEnd) {
    int colon = start;
    while (colon < lineEnd && buffer.getByte(colon) != ':') {
      colon++;
    }
    if (colon == start || colon == lineEnd) {
      return false;
    }
    nameStart = start;
    nameEnd = colon;
    valueStart = colon + 1;
    valueEnd = lineEnd;
    while (valueStart < valueEnd && isBlank(buffer.getByte(valueStart))) {
      valueStart++;
    }
    while (valueEnd > valueStart && isBlank(buffer.getByte(valueEnd - 1))) {
      valueEnd--;
    }
    return true;
  }

  private static boolean isBlank(final byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  /** Whether the line's name is this one, whatever the case of its ASCII letters. */
  public boolean isNamed(final String name) {
    if (name.length() != nameEnd - nameStart) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (lower(name.charAt(i)) != lower((char) (buffer.getByte(nameStart + i) & 0xFF))) {
        return false;
      }
    }
    return true;
  }

  private static int lower(final char c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }

  /** The line's value without blanks at its ends; bytes beyond ASCII are Latin-1. */
  public String value() {
    final byte[] bytes = new byte[valueEnd - valueStart];
    buffer.getBytes(valueStart, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
