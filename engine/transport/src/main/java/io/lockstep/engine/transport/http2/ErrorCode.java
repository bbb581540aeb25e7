package io.lockstep.engine.transport.http2;

/** Why a stream or a connection was ended, in the order of their codes (RFC 9113, section 7). */
public enum ErrorCode {
  NO_ERROR(0),
  PROTOCOL_ERROR(1),
  INTERNAL_ERROR(2),
  FLOW_CONTROL_ERROR(3),
  SETTINGS_TIMEOUT(4),
  STREAM_CLOSED(5),
  FRAME_SIZE_ERROR(6),
  REFUSED_STREAM(7),
  CANCEL(8),
  COMPRESSION_ERROR(9),
  CONNECT_ERROR(10),
  ENHANCE_YOUR_CALM(11),
  INADEQUATE_SECURITY(12),
  HTTP_1_1_REQUIRED(13);

  private static final ErrorCode[] BY_CODE = values();

  private final int code;

  ErrorCode(final int code) {
    this.code = code;
  }

  /** The code on the wire. */
  int code() {
    return code;
  }

  /** What a code is called; unknown ones have no special meaning, but are said. */
  static String name(final long code) {
    return code >= 0 && code < BY_CODE.length
        ? BY_CODE[(int) code].name()
        : "code " + Long.toUnsignedString(code);
  }
}
