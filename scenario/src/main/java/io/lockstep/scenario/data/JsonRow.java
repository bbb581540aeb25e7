package io.lockstep.scenario.data;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds and decodes values in an object of JSON that is known to be well formed, straight from its
 * bytes.
 */
final class JsonRow {
  private static final int RADIX = 16;
  private static final int ESCAPE_DIGITS = 4;

  private JsonRow() {}

  /**
   * Copies a value as UTF-8: of a text its characters, of null nothing, of anything else its JSON.
   *
   * @param bytes have the object
   * @param start where it starts
   * @param key of the value, as UTF-8; the object has it
   * @return its length, or {@link Table#NULL_VALUE}
   */
  static int read(
      final ByteBuffer bytes,
      final int start,
      final byte[] key,
      final byte[] into,
      final int offset) {
    int at = start + 1;
    while (true) {
      at = next(bytes, at);
      final int keyEnd = afterText(bytes, at + 1);
      final boolean found = isKey(bytes, at + 1, keyEnd - 1, key);
      at = next(bytes, keyEnd);
      if (found) {
        return copy(bytes, at, into, offset);
      }
      at = afterValue(bytes, at);
    }
  }

  /** The next byte that is neither blank nor between values. */
  private static int next(final ByteBuffer bytes, final int from) {
    int at = from;
    while (isBetween(bytes.get(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBetween(final byte b) {
    return b == ' ' || b == ',' || b == ':' || b == '\n' || b == '\r' || b == '\t';
  }

  private static boolean isKey(
      final ByteBuffer bytes, final int from, final int to, final byte[] key) {
    boolean equal = to - from == key.length;
    for (int i = from; i < to; i++) {
      final byte b = bytes.get(i);
      if (b == '\\') {
        return isEscapedKey(bytes, from, to, key);
      }
      equal = equal && b == key[i - from];
    }
    return equal;
  }

  private static boolean isEscapedKey(
      final ByteBuffer bytes, final int from, final int to, final byte[] key) {
    final byte[] plain = new byte[to - from];
    final int length = unescape(bytes, from, plain, 0);
    return Arrays.equals(plain, 0, length, key, 0, key.length);
  }

  /** After the quote that ends a text. */
  private static int afterText(final ByteBuffer bytes, final int from) {
    int at = from;
    while (bytes.get(at) != '"') {
      at += bytes.get(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private static int afterValue(final ByteBuffer bytes, final int from) {
    int at = from;
    int depth = 0;
    do {
      switch (bytes.get(at)) {
        case '"' -> at = afterText(bytes, at + 1);
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        default -> at = isBetween(bytes.get(at)) ? at + 1 : afterWord(bytes, at);
      }
    } while (depth > 0);
    return at;
  }

  /** After a number, a boolean or null. */
  private static int afterWord(final ByteBuffer bytes, final int from) {
    int at = from;
    byte b = bytes.get(at);
    while (!isBetween(b) && b != '}' && b != ']') {
      b = bytes.get(++at);
    }
    return at;
  }

  private static int copy(
      final ByteBuffer bytes, final int at, final byte[] into, final int offset) {
    final byte first = bytes.get(at);
    if (first == '"') {
      return unescape(bytes, at + 1, into, offset);
    }
    if (first == 'n') {
      return Table.NULL_VALUE;
    }
    final int length = afterValue(bytes, at) - at;
    if (length <= into.length - offset) {
      bytes.get(at, into, offset, length);
    }
    return length;
  }

  /** Copies a text up to its closing quote. */
  private static int unescape(
      final ByteBuffer bytes, final int from, final byte[] into, final int offset) {
    int at = from;
    int to = offset;
    while (bytes.get(at) != '"') {
      final byte b = bytes.get(at);
      if (b != '\\') {
        to = put(into, to, b);
        at++;
      } else if (bytes.get(at + 1) == 'u') {
        final char unit = unit(bytes, at + 2);
        at += 2 + ESCAPE_DIGITS;
        if (Character.isHighSurrogate(unit)) {
          to = putCodePoint(into, to, Character.toCodePoint(unit, unit(bytes, at + 2)));
          at += 2 + ESCAPE_DIGITS;
        } else {
          to = putCodePoint(into, to, unit);
        }
      } else {
        to = put(into, to, escaped(bytes.get(at + 1)));
        at += 2;
      }
    }
    return to - offset;
  }

  private static char unit(final ByteBuffer bytes, final int from) {
    int unit = 0;
    for (int i = 0; i < ESCAPE_DIGITS; i++) {
      unit = unit * RADIX + Character.digit(bytes.get(from + i), RADIX);
    }
    return (char) unit;
  }

  private static byte escaped(final byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  private static int putCodePoint(final byte[] into, final int at, final int c) {
    if (c < 0x80) {
      return put(into, at, c);
    }
    if (c < 0x800) {
      return putTail(into, put(into, at, 0xC0 | (c >> 6)), c);
    }
    if (c < 0x10000) {
      return putTail(into, putTail(into, put(into, at, 0xE0 | (c >> 12)), c >> 6), c);
    }
    final int head = putTail(into, put(into, at, 0xF0 | (c >> 18)), c >> 12);
    return putTail(into, putTail(into, head, c >> 6), c);
  }

  /** A byte that continues a character, with six of its bits. */
  private static int putTail(final byte[] into, final int at, final int bits) {
    return put(into, at, 0x80 | (bits & 0x3F));
  }

  private static int put(final byte[] into, final int at, final int b) {
    if (at < into.length) {
      into[at] = (byte) b;
    }
    return at + 1;
  }
}
