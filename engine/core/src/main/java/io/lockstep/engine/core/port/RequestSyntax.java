package io.lockstep.engine.core.port;

import org.agrona.DirectBuffer;

/**
 * Whether a rendered request can be sent as it is: what a template puts in must not end a line, add
 * a header or move the body. Method and header names are tokens (RFC 9110, section 5.6.2), a path
 * is visible ASCII and begins with a slash, a header value holds no control character but tabs and
 * no blank at its ends; beyond ASCII it is UTF-8, which RFC 9110, section 5.5, lets through as
 * opaque. Single-threaded; allocates nothing.
 */
public final class RequestSyntax {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  /** The blank between method and path, the version, and both ends of lines. */
  private static final long FIXED_BYTES = " HTTP/1.1\r\n\r\n".length() + 1L;

  /** Colon, blank and the end of the line. */
  private static final long HEADER_MARKS = ": \r\n".length();

  private final RequestCursor cursor = new RequestCursor();

  /** Whether all parts are as they must be. */
  public boolean isValid(final RenderedRequest request) {
    cursor.wrap(request);
    cursor.nextText();
    boolean valid = isToken();
    cursor.nextText();
    valid &= isPath();
    final int headers = cursor.count();
    for (int i = 0; i < headers && valid; i++) {
      cursor.nextText();
      valid = isToken();
      cursor.nextText();
      valid &= isValue();
    }
    return valid;
  }

  /** Bytes as HTTP/1.1 would write it, without what a connection adds. */
  public long logicalBytes(final RenderedRequest request) {
    cursor.wrap(request);
    long texts = cursor.nextText() + (long) cursor.nextText();
    final int headers = cursor.count();
    for (int i = 0; i < headers; i++) {
      texts += cursor.nextText() + (long) cursor.nextText();
    }
    texts += cursor.nextText();
    for (int i = cursor.files(); i > 0; i--) {
      cursor.nextFile();
      texts += cursor.fileBytes();
    }
    return texts + FIXED_BYTES + HEADER_MARKS * headers;
  }

  private boolean isToken() {
    final DirectBuffer buffer = cursor.buffer();
    final int end = cursor.textOffset() + cursor.textLength();
    for (int i = cursor.textOffset(); i < end; i++) {
      final byte b = buffer.getByte(i);
      final boolean plain =
          (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
      if (!plain && TOKEN_MARKS.indexOf(b) < 0) {
        return false;
      }
    }
    return cursor.textLength() > 0;
  }

  private boolean isPath() {
    return pathFault(cursor.buffer(), cursor.textOffset(), cursor.textLength()) == null;
  }

  private boolean isValue() {
    return valueFault(cursor.buffer(), cursor.textOffset(), cursor.textLength()) == null;
  }

  /** Whether a path may have a byte behind its slash. */
  public static boolean isPathByte(final byte b) {
    return b > ' ' && b != 0x7F && b != '#';
  }

  /** Whether a header value may have a byte between others. */
  public static boolean isValueByte(final byte b) {
    return b == '\t' || b < 0 || (b >= ' ' && b != 0x7F);
  }

  /** What is wrong with a path, {@code null} for nothing. */
  public static String pathFault(final DirectBuffer buffer, final int start, final int length) {
    if (length == 0) {
      return "the path is empty";
    }
    if (buffer.getByte(start) != '/') {
      return "the path does not begin with a slash";
    }
    for (int i = start; i < start + length; i++) {
      final byte b = buffer.getByte(i);
      if (!isPathByte(b)) {
        return b < 0
            ? "the path has a character beyond ASCII"
            : b == ' '
                ? "the path has a blank"
                : b == '#' ? "the path has a #" : "the path has a control character";
      }
    }
    return null;
  }

  /** What is wrong with the value of a header, {@code null} for nothing. */
  public static String valueFault(final DirectBuffer buffer, final int start, final int length) {
    final int end = start + length;
    for (int i = start; i < end; i++) {
      final byte b = buffer.getByte(i);
      if (!isValueByte(b)) {
        return b == '\r' || b == '\n' ? "has a line break" : "has a control character";
      }
    }
    final boolean blank =
        length > 0 && (isBlank(buffer.getByte(start)) || isBlank(buffer.getByte(end - 1)));
    return blank ? "begins or ends with a blank" : null;
  }

  private static boolean isBlank(final byte b) {
    return b == ' ' || b == '\t';
  }
}
