package io.lockstep.engine.transport.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.StringJoiner;

/**
 * What a client has sent, taken apart by somebody else's decoder.
 *
 * @param frames types and flags of the frames
 * @param fields of the one header block
 * @param dataBytes in all DATA frames
 */
record Decoded(String frames, String fields, int dataBytes) {
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;

  static Decoded of(final byte[] bytes) {
    final ByteBuf in = Unpooled.wrappedBuffer(bytes);
    final ByteBuf block = Unpooled.buffer();
    final StringJoiner frames = new StringJoiner(" ");
    int dataBytes = 0;
    while (in.isReadable()) {
      final int length = in.readUnsignedMedium();
      final int type = in.readUnsignedByte();
      final int flags = in.readUnsignedByte();
      in.skipBytes(Integer.BYTES);
      frames.add(type + ":" + flags);
      dataBytes += type == 0 ? length : 0;
      if (type == HEADERS || type == CONTINUATION) {
        block.writeBytes(in, length);
      } else {
        in.skipBytes(length);
      }
    }
    final StringJoiner fields = new StringJoiner(", ");
    if (block.isReadable()) {
      try {
        new DefaultHttp2HeadersDecoder(false, 1 << 20)
            .decodeHeaders(1, block)
            .forEach(field -> fields.add(field.getKey() + ": " + field.getValue()));
      } catch (final Http2Exception e) {
        throw new AssertionError(e);
      }
    }
    return new Decoded(frames.toString(), fields.toString(), dataBytes);
  }
}
