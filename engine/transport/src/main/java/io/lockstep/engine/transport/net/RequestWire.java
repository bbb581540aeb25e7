package io.lockstep.engine.transport.net;

import io.lockstep.engine.transport.http1.RequestTemplate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * The bytes of a connection's request. The connection's own buffer is written, never the shared
 * template; it still holds the bytes if the request is the same as the last. A rendered request
 * brings its buffer. Lives on the shard's thread.
 */
final class RequestWire {
  private static final int NULL_REQUEST = -1;

  private final SessionContext context;
  private ByteBuf buffer;
  private int request = NULL_REQUEST;
  private int lengthBytes;
  private boolean persistent;

  RequestWire(final SessionContext context) {
    this.context = context;
  }

  /** Holds the request of a VU from now on; returns whether the response has a head only. */
  boolean prepare(final int local, final int requestOfVu) {
    final ByteBuf rendered = context.rendered().take(local);
    if (rendered == null) {
      return prepareTemplate(requestOfVu);
    }
    adopt(rendered);
    persistent = context.rendered().isPersistent(local);
    return context.rendered().isHead(local);
  }

  /** The bytes, for one who releases them when they are out. */
  ByteBuf retained() {
    return buffer.retain();
  }

  /** Whether the socket has taken all of it. */
  boolean isOut() {
    return buffer.refCnt() == 1;
  }

  /** How much of it the socket has taken, where it is not all. */
  int taken() {
    return buffer.readerIndex();
  }

  int lengthBytes() {
    return lengthBytes;
  }

  /** Whether the request lets the connection stay open. */
  boolean isPersistent() {
    return persistent;
  }

  void release() {
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }

  private boolean prepareTemplate(final int requestOfVu) {
    final RequestTemplate template = context.template(requestOfVu);
    if (request == requestOfVu) {
      buffer.setIndex(0, template.lengthBytes());
    } else {
      fill(template);
      request = requestOfVu;
    }
    lengthBytes = template.lengthBytes();
    persistent = template.isPersistent();
    return template.isHead();
  }

  private void adopt(final ByteBuf rendered) {
    release();
    buffer = rendered;
    request = NULL_REQUEST;
    lengthBytes = rendered.readableBytes();
  }

  private void fill(final RequestTemplate template) {
    final int length = template.lengthBytes();
    if (buffer == null || buffer.capacity() < length) {
      release();
      buffer = PooledByteBufAllocator.DEFAULT.directBuffer(length);
    }
    template.copyTo(buffer);
  }
}
