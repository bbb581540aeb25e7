package io.lockstep.engine.transport.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * A request in the form that streams are opened with. The body belongs to somebody else, who keeps
 * it until the stream is over.
 *
 * @param fields pseudo fields first, names in lower case; compressed by each connection anew
 * @param isHead whether the response has no body
 * @param body holds the body at an index, however its reader index stands
 */
public record RequestHead(
    Http2Headers fields, boolean isHead, ByteBuf body, int bodyIndex, int bodyLength) {
  /** A request without a body. */
  public RequestHead(final Http2Headers fields, final boolean isHead) {
    this(fields, isHead, Unpooled.EMPTY_BUFFER, 0, 0);
  }
}
