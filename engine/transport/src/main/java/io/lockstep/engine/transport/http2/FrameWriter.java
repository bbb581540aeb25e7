package io.lockstep.engine.transport.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder.SensitivityDetector;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/**
 * Writes frames into one buffer, which grows until it is sent and is then used again. Header blocks
 * are compressed with the connection's table; what tells who asks is not put into it (RFC 7541,
 * section 7.1.3).
 */
final class FrameWriter {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int FIRST_BYTES = 4 * 1024;
  private static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");
  private static final AsciiString PROXY_AUTHORIZATION = AsciiString.cached("proxy-authorization");
  private static final SensitivityDetector SECRETS =
      (name, value) -> AUTHORIZATION.contentEquals(name) || PROXY_AUTHORIZATION.contentEquals(name);

  /** How many fields the table's index is made for. */
  private static final int FIELDS = 64;

  private final DefaultHttp2HeadersEncoder hpack =
      new DefaultHttp2HeadersEncoder(SECRETS, true, FIELDS);
  private ByteBuf out;
  private int maxFrameBytes = Frame.DEFAULT_MAX_BYTES;

  int maxFrameBytes() {
    return maxFrameBytes;
  }

  void maxFrameBytes(final int bytes) {
    maxFrameBytes = bytes;
  }

  /** The peer's largest table for header blocks; no larger one is made than the default. */
  void maxTableBytes(final long bytes) {
    try {
      hpack.maxHeaderTableSize(Math.min(bytes, Frame.DEFAULT_MAX_TABLE_BYTES));
    } catch (final Http2Exception e) {
      throw new IllegalStateException("no table of " + bytes + " bytes", e);
    }
  }

  /** What is to be sent; may be empty. */
  ByteBuf out() {
    if (out == null) {
      out = PooledByteBufAllocator.DEFAULT.directBuffer(FIRST_BYTES);
    }
    return out;
  }

  int pendingBytes() {
    return out == null ? 0 : out.readableBytes();
  }

  /** The channel was given the buffer, and holds on to it where it could not send all of it. */
  void written() {
    if (out.refCnt() == 1 && out.capacity() <= Frame.LARGEST_KEPT_BYTES) {
      out.clear();
    } else {
      release();
    }
  }

  void release() {
    if (out != null) {
      out.release();
      out = null;
    }
  }

  void close() {
    release();
    hpack.close();
  }

  void preface() {
    out().writeBytes(PREFACE);
  }

  void header(final int length, final int type, final int flags, final int stream) {
    out().writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
  }

  /**
   * Writes a header block, in as many frames as it takes.
   *
   * @return bytes of the frames.
   */
  int headers(final int stream, final Http2Headers fields, final boolean isLast) {
    final ByteBuf to = out();
    final int start = to.writerIndex();
    final int last = isLast ? Frame.END_STREAM : 0;
    header(0, Frame.HEADERS, last | Frame.END_HEADERS, stream);
    try {
      hpack.encodeHeaders(stream, fields, to);
    } catch (final Http2Exception e) {
      throw new IllegalStateException("fields that cannot be compressed", e);
    }
    final int length = to.writerIndex() - start - Frame.HEADER_BYTES;
    if (length <= maxFrameBytes) {
      to.setMedium(start, length);
    } else {
      split(stream, start, length, last);
    }
    return to.writerIndex() - start;
  }

  private void split(final int stream, final int start, final int length, final int last) {
    final ByteBuf block = out.copy(start + Frame.HEADER_BYTES, length);
    try {
      out.writerIndex(start);
      header(maxFrameBytes, Frame.HEADERS, last, stream);
      out.writeBytes(block, maxFrameBytes);
      while (block.isReadable()) {
        final int count = Math.min(maxFrameBytes, block.readableBytes());
        final int flags = count == block.readableBytes() ? Frame.END_HEADERS : 0;
        header(count, Frame.CONTINUATION, flags, stream);
        out.writeBytes(block, count);
      }
    } finally {
      block.release();
    }
  }

  void data(
      final int stream,
      final ByteBuf body,
      final int index,
      final int length,
      final boolean isLast) {
    header(length, Frame.DATA, isLast ? Frame.END_STREAM : 0, stream);
    out.writeBytes(body, index, length);
  }

  void reset(final int stream, final ErrorCode code) {
    header(Integer.BYTES, Frame.RST_STREAM, 0, stream);
    out.writeInt(code.code());
  }

  void windowUpdate(final int stream, final int bytes) {
    header(Integer.BYTES, Frame.WINDOW_UPDATE, 0, stream);
    out.writeInt(bytes);
  }

  void setting(final int id, final long value) {
    out.writeShort(id).writeInt((int) value);
  }

  void goAway(final ErrorCode code) {
    header(Frame.GOAWAY_BYTES, Frame.GOAWAY, 0, 0);
    out.writeInt(0).writeInt(code.code());
  }

  void pong(final long opaque) {
    header(Frame.PING_BYTES, Frame.PING, Frame.ACK, 0);
    out.writeLong(opaque);
  }
}
