package io.lockstep.engine.transport.http2;

import static io.lockstep.engine.transport.http2.ErrorCode.ENHANCE_YOUR_CALM;
import static io.lockstep.engine.transport.http2.ErrorCode.FRAME_SIZE_ERROR;
import static io.lockstep.engine.transport.http2.ErrorCode.PROTOCOL_ERROR;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads frames from any split of their bytes, to the same result. Data is handed on as it comes;
 * what must be whole and was cut by a read is kept, at most one frame and one header block. Reads
 * no further after a fault.
 */
final class FrameReader {
  /** Continuations of a header block beyond those that its largest size needs. */
  private static final int MORE_CONTINUATIONS = 64;

  /** What is kept of the buffers for cut frames and blocks once they are done with. */
  private static final int KEPT_BYTES = 32 * 1024;

  /** Three bytes of an answer in HTTP/1, where a frame's length would be. */
  private static final int HTT = 'H' << 16 | 'T' << 8 | 'T';

  private enum State {
    HEADER,
    PAD_LENGTH,
    DATA,
    SKIPPED,
    WHOLE
  }

  private final FrameHandler handler;
  private final int maxBlockBytes;
  private final int maxContinuations;
  private final byte[] head = new byte[Frame.HEADER_BYTES];
  private int headBytes;
  private State state = State.HEADER;
  private boolean begun;
  private int length;
  private int type;
  private int flags;
  private int stream;
  private int left;
  private int padding;
  private ByteBuf cut;

  /** The stream whose header block is not complete; 0 for none. */
  private int blockStream;

  private boolean blockIsLast;
  private int blockWireBytes;
  private int continuations;
  private ByteBuf block;

  FrameReader(final FrameHandler handler, final int maxBlockBytes) {
    this.handler = handler;
    this.maxBlockBytes = maxBlockBytes;
    maxContinuations = maxBlockBytes / Frame.DEFAULT_MAX_BYTES + MORE_CONTINUATIONS;
  }

  /** Takes all readable bytes. */
  void read(final ByteBuf in) throws ConnectionFault {
    while (in.isReadable()) {
      switch (state) {
        case HEADER:
          header(in);
          break;
        case PAD_LENGTH:
          padLength(in);
          break;
        case DATA:
          data(in);
          break;
        case SKIPPED:
          skip(in);
          break;
        case WHOLE:
          whole(in);
          break;
        default:
          throw new IllegalStateException("reading in state " + state);
      }
    }
  }

  private void header(final ByteBuf in) throws ConnectionFault {
    if (headBytes == 0 && in.readableBytes() >= Frame.HEADER_BYTES) {
      length = in.readUnsignedMedium();
      type = in.readUnsignedByte();
      flags = in.readUnsignedByte();
      stream = in.readInt() & Frame.STREAM_MASK;
      begin(in);
      return;
    }
    while (headBytes < Frame.HEADER_BYTES && in.isReadable()) {
      head[headBytes++] = in.readByte();
    }
    if (headBytes == Frame.HEADER_BYTES) {
      headBytes = 0;
      length = (head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | (head[2] & 0xFF);
      type = head[3] & 0xFF;
      flags = head[4] & 0xFF;
      stream =
          (head[5] & 0x7F) << 24
              | (head[6] & 0xFF) << 16
              | (head[7] & 0xFF) << 8
              | (head[8] & 0xFF);
      begin(in);
    }
  }

  private void begin(final ByteBuf in) throws ConnectionFault {
    if (!begun) {
      beginConnection();
    }
    if (length > Frame.DEFAULT_MAX_BYTES) {
      throw new ConnectionFault(FRAME_SIZE_ERROR, "frame of " + length + " bytes");
    }
    if (blockStream != 0 && (type != Frame.CONTINUATION || stream != blockStream)) {
      throw new ConnectionFault(PROTOCOL_ERROR, "another frame within a header block");
    }
    left = length;
    switch (type) {
      case Frame.DATA:
        beginData();
        return;
      case Frame.HEADERS:
        check(stream != 0, "HEADERS without a stream");
        handler.onHeaders(stream);
        break;
      case Frame.CONTINUATION:
        check(blockStream != 0, "CONTINUATION of nothing");
        break;
      case Frame.PUSH_PROMISE:
        throw new ConnectionFault(PROTOCOL_ERROR, "PUSH_PROMISE, though push is off");
      default:
        checkControl();
        if (type > Frame.CONTINUATION) {
          handler.onControl(type, flags, stream, Unpooled.EMPTY_BUFFER);
          state = left == 0 ? State.HEADER : State.SKIPPED;
          return;
        }
    }
    state = State.WHOLE;
    if (left <= in.readableBytes()) {
      whole(in);
    }
  }

  /** The first frame must be SETTINGS (RFC 9113, section 3.4). */
  private void beginConnection() throws ConnectionFault {
    if (length == HTT) {
      throw new ConnectionFault(PROTOCOL_ERROR, "the target answers in HTTP/1, not in HTTP/2");
    }
    check(type == Frame.SETTINGS && (flags & Frame.ACK) == 0, "the first frame is no SETTINGS");
    begun = true;
  }

  private void beginData() throws ConnectionFault {
    check(stream != 0, "DATA without a stream");
    final boolean padded = (flags & Frame.PADDED) != 0;
    if (padded && length == 0) {
      throw new ConnectionFault(FRAME_SIZE_ERROR, "padded DATA without a length");
    }
    padding = 0;
    handler.onData(stream, length, (flags & Frame.END_STREAM) != 0);
    if (padded) {
      state = State.PAD_LENGTH;
    } else if (left > 0) {
      state = State.DATA;
    } else {
      endData();
    }
  }

  private void padLength(final ByteBuf in) throws ConnectionFault {
    padding = in.readUnsignedByte();
    left -= 1 + padding;
    check(left >= 0, "more padding than DATA");
    if (left > 0) {
      state = State.DATA;
    } else {
      pad();
    }
  }

  private void data(final ByteBuf in) throws ConnectionFault {
    final int count = Math.min(left, in.readableBytes());
    handler.onDataBytes(in, count);
    in.skipBytes(count);
    left -= count;
    if (left == 0) {
      pad();
    }
  }

  private void pad() throws ConnectionFault {
    left = padding;
    endData();
    if (left > 0) {
      state = State.SKIPPED;
    }
  }

  private void endData() throws ConnectionFault {
    state = State.HEADER;
    handler.onDataEnd();
  }

  private void skip(final ByteBuf in) {
    final int count = Math.min(left, in.readableBytes());
    in.skipBytes(count);
    left -= count;
    if (left == 0) {
      state = State.HEADER;
    }
  }

  private void whole(final ByteBuf in) throws ConnectionFault {
    final int count = Math.min(left, in.readableBytes());
    if (count < length) {
      if (left == length) {
        cut = room(cut, length).clear();
      }
      cut.writeBytes(in, count);
      left -= count;
      if (left == 0) {
        state = State.HEADER;
        dispatch(cut);
        cut = shrunk(cut);
      }
      return;
    }
    state = State.HEADER;
    final int end = in.readerIndex() + length;
    final int limit = in.writerIndex();
    in.writerIndex(end);
    dispatch(in);
    in.setIndex(end, limit);
  }

  private void dispatch(final ByteBuf payload) throws ConnectionFault {
    if (type == Frame.HEADERS) {
      headers(payload);
    } else if (type == Frame.CONTINUATION) {
      continuation(payload);
    } else {
      handler.onControl(type, flags, stream, payload);
    }
  }

  private void headers(final ByteBuf payload) throws ConnectionFault {
    int pad = 0;
    if ((flags & Frame.PADDED) != 0) {
      checkSize(payload.isReadable());
      pad = payload.readUnsignedByte();
    }
    if ((flags & Frame.PRIORITY_FIELDS) != 0) {
      checkSize(payload.readableBytes() >= Frame.PRIORITY_BYTES);
      payload.skipBytes(Frame.PRIORITY_BYTES);
    }
    check(pad <= payload.readableBytes(), "more padding than HEADERS");
    payload.writerIndex(payload.writerIndex() - pad);
    final boolean isLast = (flags & Frame.END_STREAM) != 0;
    final int wireBytes = Frame.HEADER_BYTES + length;
    if ((flags & Frame.END_HEADERS) != 0) {
      if (payload.readableBytes() > maxBlockBytes) {
        handler.onBlockTooLarge(stream);
      }
      handler.onBlock(stream, isLast, payload, wireBytes);
      return;
    }
    blockStream = stream;
    blockIsLast = isLast;
    blockWireBytes = wireBytes;
    continuations = 0;
    block = room(block, payload.readableBytes()).clear();
    collect(payload);
  }

  private void continuation(final ByteBuf payload) throws ConnectionFault {
    if (++continuations > maxContinuations) {
      throw new ConnectionFault(ENHANCE_YOUR_CALM, "header block in too many frames");
    }
    blockWireBytes += Frame.HEADER_BYTES + length;
    collect(payload);
    if ((flags & Frame.END_HEADERS) != 0) {
      final int whose = blockStream;
      blockStream = 0;
      handler.onBlock(whose, blockIsLast, block, blockWireBytes);
      block = shrunk(block);
    }
  }

  private void collect(final ByteBuf fragment) throws ConnectionFault {
    if (fragment.readableBytes() > maxBlockBytes - block.readableBytes()) {
      handler.onBlockTooLarge(blockStream);
    }
    block.writeBytes(fragment);
  }

  private void checkControl() throws ConnectionFault {
    switch (type) {
      case Frame.PRIORITY:
        check(stream != 0, "PRIORITY without a stream");
        checkSize(length == Frame.PRIORITY_BYTES);
        break;
      case Frame.RST_STREAM:
        check(stream != 0, "RST_STREAM without a stream");
        checkSize(length == Integer.BYTES);
        break;
      case Frame.SETTINGS:
        check(stream == 0, "SETTINGS of a stream");
        checkSize(length % Frame.SETTING_BYTES == 0);
        checkSize((flags & Frame.ACK) == 0 || length == 0);
        break;
      case Frame.PING:
        check(stream == 0, "PING on a stream");
        checkSize(length == Frame.PING_BYTES);
        break;
      case Frame.GOAWAY:
        check(stream == 0, "GOAWAY on a stream");
        checkSize(length >= Frame.GOAWAY_BYTES);
        break;
      case Frame.WINDOW_UPDATE:
        checkSize(length == Integer.BYTES);
        break;
      default:
        break;
    }
  }

  private void checkSize(final boolean isRight) throws ConnectionFault {
    if (!isRight) {
      throw new ConnectionFault(
          FRAME_SIZE_ERROR, "frame of type " + type + " with " + length + " bytes");
    }
  }

  private static void check(final boolean isRight, final String rule) throws ConnectionFault {
    if (!isRight) {
      throw new ConnectionFault(PROTOCOL_ERROR, rule);
    }
  }

  private static ByteBuf room(final ByteBuf buffer, final int bytes) {
    return buffer == null ? Unpooled.buffer(bytes) : buffer;
  }

  private static ByteBuf shrunk(final ByteBuf buffer) {
    return buffer.capacity() > KEPT_BYTES ? null : buffer;
  }
}
