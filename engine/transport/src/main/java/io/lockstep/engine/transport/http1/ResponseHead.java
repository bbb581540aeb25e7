package io.lockstep.engine.transport.http1;

/**
 * What the status line and the header fields of one response say about its framing (RFC 9112,
 * sections 4 to 6 and 9.3). Reads whole lines; each method returns {@code null} or what is wrong.
 * Lengths that differ, and a length beside a transfer coding, are errors here even where the RFC
 * would let a client guess: a load test must not guess where a response ends. The same length said
 * twice leaves nothing to guess (RFC 9110, section 8.6).
 */
final class ResponseHead {
  /** No Content-Length came. */
  static final long NULL_LENGTH = -1;

  private static final int MAX_LENGTH_DIGITS = 18;
  private static final byte[] CONTENT_LENGTH = Ascii.bytes("content-length");
  private static final byte[] TRANSFER_ENCODING = Ascii.bytes("transfer-encoding");
  private static final byte[] CONNECTION = Ascii.bytes("connection");
  private static final byte[] CHUNKED = Ascii.bytes("chunked");
  private static final byte[] CLOSE = Ascii.bytes("close");
  private static final byte[] KEEP_ALIVE = Ascii.bytes("keep-alive");
  private static final byte[] VERSION = Ascii.bytes("HTTP/1.");

  private int status;
  private int minorVersion;
  private long contentLength;
  private boolean coded;
  private boolean chunked;
  private boolean everChunked;
  private boolean close;
  private boolean keepAlive;
  private boolean anyField;
  private boolean framingField;

  /** What no response without a body may have was there: bytes may follow that nobody can place. */
  private boolean dubious;

  /** Forgets everything: another request's response begins. */
  void reset() {
    next();
    dubious = false;
  }

  /** Forgets an interim response, but for what it says about those who sent it. */
  void next() {
    status = 0;
    minorVersion = 0;
    contentLength = NULL_LENGTH;
    coded = false;
    chunked = false;
    everChunked = false;
    close = false;
    keepAlive = false;
    anyField = false;
    framingField = false;
  }

  int status() {
    return status;
  }

  long contentLength() {
    return contentLength;
  }

  /** Whether any transfer coding is applied. */
  boolean isCoded() {
    return coded;
  }

  /** Whether the last transfer coding is chunked. */
  boolean isChunked() {
    return chunked;
  }

  /** Whether the connection outlives this response, as far as the head decides it. */
  boolean isPersistent() {
    if (close || dubious || (minorVersion == 0 && coded)) {
      return false;
    }
    return minorVersion > 0 || keepAlive;
  }

  Violation statusLine(final byte[] line, final int from, final int to) {
    final int digits = from + VERSION.length + 2;
    if (to < digits + 3 || !Ascii.startsWith(line, from, VERSION)) {
      return Violation.NO_STATUS_LINE;
    }
    final int minor = line[from + VERSION.length] - '0';
    if (minor < 0 || minor > 9 || line[digits - 1] != ' ') {
      return Violation.BAD_VERSION;
    }
    if (to > digits + 3 && line[digits + 3] != ' ') {
      return Violation.BAD_STATUS;
    }
    int code = 0;
    for (int i = digits; i < digits + 3; i++) {
      final int digit = line[i] - '0';
      if (digit < 0 || digit > 9) {
        return Violation.BAD_STATUS;
      }
      code = code * 10 + digit;
    }
    if (code < 100) {
      return Violation.LOW_STATUS;
    }
    minorVersion = minor;
    status = code;
    return null;
  }

  Violation field(final byte[] line, final int from, final int to) {
    if (Ascii.isBlank(line[from])) {
      return foldedField();
    }
    int colon = from;
    while (colon < to && Ascii.isToken(line[colon])) {
      colon++;
    }
    if (colon == from || colon == to || line[colon] != ':') {
      return Violation.BAD_FIELD_NAME;
    }
    int start = colon + 1;
    int end = to;
    while (start < end && Ascii.isBlank(line[start])) {
      start++;
    }
    while (end > start && Ascii.isBlank(line[end - 1])) {
      end--;
    }
    anyField = true;
    framingField = false;
    return framing(line, from, colon, start, end);
  }

  /** What is wrong with the head as a whole, or {@code null}. */
  Violation conclude() {
    if (coded && contentLength != NULL_LENGTH) {
      return Violation.LENGTH_AND_CODING;
    }
    final boolean framed = coded || contentLength > 0;
    dubious |= framed && (status < 200 || status == 204); // RFC 9112, sections 6.1 and 6.2
    return status == 101 ? Violation.UNASKED_UPGRADE : null;
  }

  /** Continues the last field: harmless unless that one matters here. */
  private Violation foldedField() {
    if (!anyField) {
      return Violation.LEADING_BLANK;
    }
    return framingField ? Violation.FOLDED_FRAMING : null;
  }

  private Violation framing(
      final byte[] line, final int from, final int colon, final int start, final int end) {
    switch (colon - from) {
      case 10:
        if (Ascii.equalsIgnoreCase(line, from, colon, CONNECTION)) {
          framingField = true;
          connectionOptions(line, start, end);
        }
        return null;
      case 14:
        if (Ascii.equalsIgnoreCase(line, from, colon, CONTENT_LENGTH)) {
          framingField = true;
          return length(line, start, end);
        }
        return null;
      case 17:
        if (Ascii.equalsIgnoreCase(line, from, colon, TRANSFER_ENCODING)) {
          framingField = true;
          return transferCodings(line, start, end);
        }
        return null;
      default:
        return null;
    }
  }

  /** A list of lengths is taken where all are the same, as several fields are. */
  private Violation length(final byte[] line, final int start, final int end) {
    for (int item = start; item <= end; item = Ascii.itemEnd(line, item, end) + 1) {
      final int first = Ascii.skipBlanks(line, item, end);
      final int last = Ascii.trimBlanks(line, first, Ascii.itemEnd(line, item, end));
      final long value = number(line, first, last);
      if (value == NULL_LENGTH) {
        return Violation.BAD_LENGTH;
      }
      if (contentLength != NULL_LENGTH && contentLength != value) {
        return Violation.CONFLICTING_LENGTHS;
      }
      contentLength = value;
    }
    return null;
  }

  /** A decimal number, or {@link #NULL_LENGTH} where it is none or too long. */
  private static long number(final byte[] line, final int start, final int end) {
    if (start == end || end - start > MAX_LENGTH_DIGITS) {
      return NULL_LENGTH;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      final int digit = line[i] - '0';
      if (digit < 0 || digit > 9) {
        return NULL_LENGTH;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private Violation transferCodings(final byte[] line, final int start, final int end) {
    for (int item = start; item <= end; item = Ascii.itemEnd(line, item, end) + 1) {
      final int first = Ascii.skipBlanks(line, item, end);
      final int last = Ascii.trimBlanks(line, first, Ascii.itemEnd(line, item, end));
      if (first < last) {
        coded = true;
        chunked = Ascii.equalsIgnoreCase(line, first, last, CHUNKED);
        if (chunked && everChunked) {
          return Violation.CHUNKED_TWICE;
        }
        everChunked |= chunked;
      }
    }
    return coded ? null : Violation.EMPTY_CODING;
  }

  private void connectionOptions(final byte[] line, final int start, final int end) {
    for (int item = start; item <= end; item = Ascii.itemEnd(line, item, end) + 1) {
      final int first = Ascii.skipBlanks(line, item, end);
      final int last = Ascii.trimBlanks(line, first, Ascii.itemEnd(line, item, end));
      close |= Ascii.equalsIgnoreCase(line, first, last, CLOSE);
      keepAlive |= Ascii.equalsIgnoreCase(line, first, last, KEEP_ALIVE);
    }
  }
}
