package io.lockstep.engine.transport.http2;

import static io.lockstep.engine.transport.http2.ErrorCode.FLOW_CONTROL_ERROR;
import static io.lockstep.engine.transport.http2.ErrorCode.PROTOCOL_ERROR;

import io.netty.buffer.ByteBuf;

/** What the peer wants of this side (RFC 9113, section 6.5.2), as far as it matters to a client. */
final class Settings {
  /** Of the peer that has set nothing yet; the standard has no limit. */
  private long maxStreams = Integer.MAX_VALUE;

  private int initialWindow = Frame.DEFAULT_WINDOW;
  private int maxFrameBytes = Frame.DEFAULT_MAX_BYTES;

  /** The peer's last word on its table, or -1 where none came in the last frame. */
  private long tableBytes;

  static final long NULL_TABLE = -1;

  int maxStreams() {
    return (int) Math.min(maxStreams, Integer.MAX_VALUE);
  }

  int initialWindow() {
    return initialWindow;
  }

  int maxFrameBytes() {
    return maxFrameBytes;
  }

  long tableBytes() {
    return tableBytes;
  }

  /** Takes the payload of a frame. */
  void take(final ByteBuf payload) throws ConnectionFault {
    tableBytes = NULL_TABLE;
    while (payload.isReadable()) {
      take(payload.readUnsignedShort(), payload.readUnsignedInt());
    }
  }

  private void take(final int id, final long value) throws ConnectionFault {
    switch (id) {
      case Frame.HEADER_TABLE_SIZE:
        tableBytes = tableBytes == NULL_TABLE ? value : Math.min(tableBytes, value);
        break;
      case Frame.ENABLE_PUSH:
        if (value != 0) {
          throw new ConnectionFault(PROTOCOL_ERROR, "a server that wants to be pushed to");
        }
        break;
      case Frame.MAX_CONCURRENT_STREAMS:
        maxStreams = value;
        break;
      case Frame.INITIAL_WINDOW_SIZE:
        if (value > Integer.MAX_VALUE) {
          throw new ConnectionFault(FLOW_CONTROL_ERROR, "initial window of " + value);
        }
        initialWindow = (int) value;
        break;
      case Frame.MAX_FRAME_SIZE:
        if (value < Frame.DEFAULT_MAX_BYTES || value > Frame.LARGEST_MAX_BYTES) {
          throw new ConnectionFault(PROTOCOL_ERROR, "frames of at most " + value);
        }
        maxFrameBytes = (int) value;
        break;
      default:
        break; // the size of headers is advice, and unknown ones are to be ignored
    }
  }
}
