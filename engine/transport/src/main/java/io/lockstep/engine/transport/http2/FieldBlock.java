package io.lockstep.engine.transport.http2;

import io.lockstep.engine.transport.http1.ResponseSink;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Arrays;

/**
 * Takes the fields of one header block as HPACK decodes them, holds them to RFC 9113, sections 8.2
 * and 8.3, and hands them on; stores nothing. One serves all streams of a connection.
 */
final class FieldBlock extends DefaultHttp2Headers {
  /** No Content-Length came. */
  static final long NULL_LENGTH = -1;

  /** What a field counts beyond its bytes (RFC 9113, section 6.5.2). */
  private static final int FIELD_BYTES = 32;

  private static final int MAX_LENGTH_DIGITS = 18;
  private static final int FIRST_LINE_BYTES = 256;
  private static final int LEAST_STATUS = 100;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final AsciiString STATUS = AsciiString.cached(":status");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
  private static final AsciiString[] OF_CONNECTIONS = {
    AsciiString.cached("connection"),
    AsciiString.cached("keep-alive"),
    AsciiString.cached("proxy-connection"),
    AsciiString.cached("transfer-encoding"),
    AsciiString.cached("upgrade")
  };
  private static final boolean[] NAME_BYTES = new boolean[128];

  static {
    for (int c = '0'; c <= 'z'; c++) {
      NAME_BYTES[c] = (c <= '9') || (c >= 'a');
    }
    for (final char c : "!#$%&'*+-.^_`|~".toCharArray()) {
      NAME_BYTES[c] = true;
    }
  }

  private boolean discarded;
  private boolean trailers;
  private ResponseSink sink;
  private boolean anyRegular;
  private int status;
  private long contentLength;
  private long bytes;
  private String fault;
  private byte[] line = new byte[FIRST_LINE_BYTES];

  FieldBlock() {
    super(false);
  }

  /**
   * Begins a head, or the trailers, of a response.
   *
   * @param newSink takes the head; {@code null} for nobody
   */
  void begin(final boolean areTrailers, final ResponseSink newSink) {
    discarded = false;
    trailers = areTrailers;
    sink = areTrailers ? null : newSink;
    anyRegular = false;
    status = 0;
    contentLength = NULL_LENGTH;
    bytes = 0;
    fault = null;
  }

  /** Begins a block that nobody wants any more, which is decoded for the sake of the next. */
  void discard() {
    begin(true, null);
    discarded = true;
  }

  @Override
  public Http2Headers add(final CharSequence name, final CharSequence value) {
    bytes += name.length() + value.length() + FIELD_BYTES;
    if (fault == null && !discarded) {
      fault = take((AsciiString) name, (AsciiString) value);
    }
    return this;
  }

  /** What is wrong with the block, or {@code null}. */
  String conclude() {
    return fault == null && !trailers && status == 0 ? "no :status" : fault;
  }

  int code() {
    return status;
  }

  long contentLength() {
    return contentLength;
  }

  /** The size of the block as the limit counts it. */
  long bytes() {
    return bytes;
  }

  private String take(final AsciiString name, final AsciiString value) {
    if (name.isEmpty()) {
      return "field without a name";
    }
    if (name.byteAt(0) == ':') {
      return pseudo(name, value);
    }
    anyRegular = true;
    if (!trailers && status == 0) {
      return "no :status before the fields";
    }
    final String wrong = syntax(name, value);
    if (wrong != null) {
      return wrong;
    }
    for (final AsciiString ofConnection : OF_CONNECTIONS) {
      if (ofConnection.length() == name.length() && ofConnection.contentEquals(name)) {
        return "field " + name + " of a connection";
      }
    }
    if (!trailers && CONTENT_LENGTH.contentEquals(name)) {
      final String misled = length(value);
      if (misled != null) {
        return misled;
      }
    }
    if (sink != null) {
      hand(name, value);
    }
    return null;
  }

  private String pseudo(final AsciiString name, final AsciiString value) {
    if (trailers) {
      return "pseudo field in the trailers";
    }
    if (anyRegular) {
      return "pseudo field after others";
    }
    if (!STATUS.contentEquals(name)) {
      return "pseudo field of a request, or of nothing";
    }
    if (status != 0) {
      return ":status twice";
    }
    if (value.length() != 3) {
      return "status is not three digits";
    }
    int code = 0;
    for (int i = 0; i < value.length(); i++) {
      final int digit = value.byteAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return "status is not three digits";
      }
      code = code * 10 + digit;
    }
    if (code < LEAST_STATUS || code == SWITCHING_PROTOCOLS) {
      return code < LEAST_STATUS ? "status below 100" : "switches protocols unasked";
    }
    status = code;
    if (sink != null) {
      sink.onStatus(code);
    }
    return null;
  }

  private static String syntax(final AsciiString name, final AsciiString value) {
    for (int i = 0; i < name.length(); i++) {
      final byte b = name.byteAt(i);
      if (b < 0 || !NAME_BYTES[b]) {
        return b >= 'A' && b <= 'Z' ? "field name in upper case" : "bad field name";
      }
    }
    final int length = value.length();
    for (int i = 0; i < length; i++) {
      final byte b = value.byteAt(i);
      if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7F) {
        return "control character in a field";
      }
    }
    final boolean blank = length > 0 && (isBlank(value, 0) || isBlank(value, length - 1));
    return blank ? "field that begins or ends with a blank" : null;
  }

  private static boolean isBlank(final AsciiString value, final int at) {
    return value.byteAt(at) == ' ' || value.byteAt(at) == '\t';
  }

  private String length(final AsciiString value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH_DIGITS) {
      return "bad Content-Length";
    }
    long said = 0;
    for (int i = 0; i < value.length(); i++) {
      final int digit = value.byteAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return "bad Content-Length";
      }
      said = said * 10 + digit;
    }
    if (contentLength != NULL_LENGTH && contentLength != said) {
      return "conflicting Content-Length";
    }
    contentLength = said;
    return null;
  }

  private void hand(final AsciiString name, final AsciiString value) {
    final int colon = name.length();
    final int length = colon + 2 + value.length();
    if (line.length < length) {
      line = Arrays.copyOf(line, Math.max(length, line.length * 2));
    }
    System.arraycopy(name.array(), name.arrayOffset(), line, 0, colon);
    line[colon] = ':';
    line[colon + 1] = ' ';
    System.arraycopy(value.array(), value.arrayOffset(), line, colon + 2, value.length());
    sink.onField(line, 0, length);
  }
}
