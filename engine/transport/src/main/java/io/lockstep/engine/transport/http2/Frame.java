package io.lockstep.engine.transport.http2;

/** Types, flags and sizes of frames, and the numbers of settings (RFC 9113, sections 4 and 6). */
final class Frame {
  static final int HEADER_BYTES = 9;
  static final int DEFAULT_MAX_BYTES = 16_384;
  static final int LARGEST_MAX_BYTES = (1 << 24) - 1;
  static final int DEFAULT_WINDOW = 65_535;
  static final int DEFAULT_MAX_TABLE_BYTES = 4096;

  /** A larger buffer for output is not kept. */
  static final int LARGEST_KEPT_BYTES = 256 * 1024;

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 0x1;
  static final int ACK = 0x1;
  static final int END_HEADERS = 0x4;
  static final int PADDED = 0x8;
  static final int PRIORITY_FIELDS = 0x20;

  static final int SETTING_BYTES = 6;
  static final int PRIORITY_BYTES = 5;
  static final int PING_BYTES = 8;
  static final int GOAWAY_BYTES = 8;
  static final int STREAM_MASK = 0x7FFF_FFFF;

  static final int HEADER_TABLE_SIZE = 1;
  static final int ENABLE_PUSH = 2;
  static final int MAX_CONCURRENT_STREAMS = 3;
  static final int INITIAL_WINDOW_SIZE = 4;
  static final int MAX_FRAME_SIZE = 5;
  static final int MAX_HEADER_LIST_SIZE = 6;

  private Frame() {}
}
