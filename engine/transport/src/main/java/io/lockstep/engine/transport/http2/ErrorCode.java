package io.lockstep.engine.transport.http2;

/** Why a stream or a connection was ended, in the order of the codes (RFC 9113, section 7). */
public enum ErrorCode {
  NO_ERROR,
  PROTOCOL_ERROR,
  INTERNAL_ERROR,
  FLOW_CONTROL_ERROR,
  SETTINGS_TIMEOUT,
  STREAM_CLOSED,
  FRAME_SIZE_ERROR,
  REFUSED_STREAM,
  CANCEL,
  COMPRESSION_ERROR,
  CONNECT_ERROR,
  ENHANCE_YOUR_CALM,
  INADEQUATE_SECURITY,
  HTTP_1_1_REQUIRED;

  private static final ErrorCode[] BY_CODE = values();

  /** The code on the wire. */
  int code() {
    return ordinal();
  }

  /** What a code is called; unknown ones have no special meaning, but are said. */
  static String name(final long code) {
    return code >= 0 && code < BY_CODE.length
        ? BY_CODE[(int) code].name()
        : "code " + Long.toUnsignedString(code);
  }
}
