package io.lockstep.engine.transport.http1;

import java.nio.charset.StandardCharsets;

/** Bytes of protocol text: tokens, blanks and comma lists (RFC 9110, section 5.6). */
final class Ascii {
  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (int c = '0'; c <= 'z'; c++) {
      TOKEN[c] = Character.isLetterOrDigit(c);
    }
    for (final byte b : bytes("!#$%&'*+-.^_`|~")) {
      TOKEN[b] = true;
    }
  }

  private Ascii() {}

  static byte[] bytes(final String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static boolean isToken(final byte b) {
    return b >= 0 && TOKEN[b];
  }

  static boolean isBlank(final byte b) {
    return b == ' ' || b == '\t';
  }

  /** Value of a hexadecimal digit, or -1 where it is none. */
  static int hexDigit(final byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    final int lower = b | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  static boolean startsWith(final byte[] line, final int from, final byte[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (line[from + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** Compares with a text in lower case. */
  static boolean equalsIgnoreCase(
      final byte[] line, final int from, final int to, final byte[] lowerCase) {
    if (to - from != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      final byte b = line[from + i];
      final int lower = b >= 'A' && b <= 'Z' ? b + 32 : b;
      if (lower != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  /** Index of the comma that ends a list item, or the end of the line. */
  static int itemEnd(final byte[] line, final int from, final int end) {
    int i = from;
    while (i < end && line[i] != ',') {
      i++;
    }
    return i;
  }

  static int skipBlanks(final byte[] line, final int from, final int end) {
    int i = from;
    while (i < end && isBlank(line[i])) {
      i++;
    }
    return i;
  }

  static int trimBlanks(final byte[] line, final int from, final int end) {
    int i = end;
    while (i > from && isBlank(line[i - 1])) {
      i--;
    }
    return i;
  }
}
