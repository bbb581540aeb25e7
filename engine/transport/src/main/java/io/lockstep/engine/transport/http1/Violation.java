package io.lockstep.engine.transport.http1;

import java.util.EnumMap;
import java.util.Map;

/**
 * The rules that a response can break, each with where it stands. Documented in {@code
 * docs/reference/failures.md}, which a test compares with this.
 */
public enum Violation {
  /** Bytes came that no request asked for. */
  UNASKED("bytes came that no request asked for", "RFC 9112, section 9.2"),
  /** Bytes came behind the end of the response. */
  BEHIND_END("bytes came behind the end of the response", "RFC 9112, section 6.3"),
  /** A CR without LF. */
  BARE_CR("a CR without LF", "RFC 9112, section 2.2", true),
  /** A control character. */
  CONTROL_CHARACTER("a control character", "RFC 9110, section 5.5", true),
  /** What came is no HTTP/1 status line. */
  NO_STATUS_LINE("what came is no HTTP/1 status line", "RFC 9112, section 4"),
  /** The version in the status line is not 1.x. */
  BAD_VERSION("the version in the status line is not 1.x", "RFC 9112, section 2.3"),
  /** The status in the status line is not three digits. */
  BAD_STATUS("the status in the status line is not three digits", "RFC 9112, section 4"),
  /** The status in the status line is below 100. */
  LOW_STATUS("the status in the status line is below 100", "RFC 9110, section 15"),
  /** A header line has no name that ends with a colon. */
  BAD_FIELD_NAME("a header line has no name that ends with a colon", "RFC 9112, section 5.1"),
  /** The header begins with a blank. */
  LEADING_BLANK("the header begins with a blank", "RFC 9112, section 2.2"),
  /** Content-Length, Transfer-Encoding or Connection is continued on the next line. */
  FOLDED_FRAMING(
      "Content-Length, Transfer-Encoding or Connection is continued on the next line",
      "RFC 9112, section 5.2"),
  /** Both Content-Length and Transfer-Encoding in the header. */
  LENGTH_AND_CODING(
      "both Content-Length and Transfer-Encoding in the header", "RFC 9112, section 6.1"),
  /** 101 Switching Protocols though nobody asked for it. */
  UNASKED_UPGRADE("101 Switching Protocols though nobody asked for it", "RFC 9110, section 7.8"),
  /** Content-Length is no number. */
  BAD_LENGTH("Content-Length is no number", "RFC 9110, section 8.6"),
  /** Two different Content-Length in the header. */
  CONFLICTING_LENGTHS("two different Content-Length in the header", "RFC 9112, section 6.3"),
  /** Chunked more than once in Transfer-Encoding. */
  CHUNKED_TWICE("chunked more than once in Transfer-Encoding", "RFC 9112, section 7.1"),
  /** Transfer-Encoding names no coding. */
  EMPTY_CODING("Transfer-Encoding names no coding", "RFC 9112, section 6.1"),
  /** The size line of a chunk is too long. */
  LONG_CHUNK_LINE("the size line of a chunk is too long", "RFC 9112, section 7.1.1"),
  /**
   * The size of a chunk is no hexadecimal number, or too large, or its line does not end with CRLF.
   */
  BAD_CHUNK_SIZE(
      "the size of a chunk is no hexadecimal number, or too large, or its line does not end with CRLF",
      "RFC 9112, section 7.1"),
  /** The extensions of the chunks are too long. */
  LONG_EXTENSIONS("the extensions of the chunks are too long", "RFC 9112, section 7.1.1"),
  /** A chunk does not end where its size says. */
  CHUNK_OVERRUN("a chunk does not end where its size says", "RFC 9112, section 7.1"),
  /** A trailer line does not end with CRLF. */
  TRAILER_END("a trailer line does not end with CRLF", "RFC 9112, section 7.1.2"),
  /** A trailer line has no name that ends with a colon. */
  BAD_TRAILER("a trailer line has no name that ends with a colon", "RFC 9112, section 7.1.2");

  private final String text;
  private final String source;

  /** By part, where it can be in several. */
  @SuppressWarnings("ImmutableEnumChecker") // filled once, in the constructor
  private final Map<ResponsePart, String> reasons = new EnumMap<>(ResponsePart.class);

  Violation(final String text, final String source) {
    this(text, source, false);
  }

  Violation(final String text, final String source, final boolean isAnywhere) {
    this.text = text;
    this.source = source;
    for (final ResponsePart part : ResponsePart.values()) {
      final String where = isAnywhere ? " in " + part.text() : "";
      reasons.put(part, text + where + " (" + source + ")");
    }
  }

  /** What was done, in a few words. */
  public String text() {
    return text;
  }

  /** The section of the RFC that has the rule. */
  public String source() {
    return source;
  }

  /** The whole complaint: what, in which part, against which rule. */
  public String reason(final ResponsePart part) {
    return reasons.get(part);
  }
}
