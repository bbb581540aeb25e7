package io.lockstep.engine.transport.http2;

import io.lockstep.engine.transport.http1.ResponseSink;
import io.netty.buffer.ByteBuf;

/**
 * One request and its response on a connection: what both sides have sent of it. Extended by who
 * wants to know how it ends, and used again for another request once it has.
 */
public abstract class ClientStream {
  /** Of no connection. */
  private static final int NULL_ID = 0;

  int id = NULL_ID;
  ClientStream next;
  ClientStream previous;
  ClientStream nextPending;
  boolean isPending;

  ResponseSink sink;
  boolean hasBegun;
  boolean bodiless;
  boolean hasHead;
  int status;
  long contentLength;
  long headBytes;
  long bodyBytes;
  long bytesReceived;
  int windowUsed;

  ByteBuf body;
  int bodyIndex;
  int bodyLeft;
  boolean isOut;
  long sendWindow;
  long bytesSent;

  /** The first bytes of the response have come. */
  protected abstract void onBegun();

  /**
   * The stream is over, and the connection has forgotten it.
   *
   * @param reason what rule was broken, or what the peer said; {@code null} for nothing
   */
  protected abstract void onEnded(StreamEnd end, String reason);

  /** Whether it is on a connection, and not over. */
  public final boolean isOpen() {
    return id != NULL_ID;
  }

  /** Status of the final response, 0 until its head has come. */
  public final int status() {
    return status;
  }

  /** Whether all of the request is written. */
  public final boolean isOut() {
    return isOut;
  }

  /** Bytes of the request's frames so far, their headers included. */
  public final long bytesSent() {
    return bytesSent;
  }

  /** Bytes of the response's frames so far, headers and padding included. */
  public final long bytesReceived() {
    return bytesReceived;
  }

  final void begin(final int newId, final RequestHead request, final long window) {
    id = newId;
    bodiless = request.isHead();
    hasBegun = false;
    hasHead = false;
    status = 0;
    contentLength = FieldBlock.NULL_LENGTH;
    headBytes = 0;
    bodyBytes = 0;
    bytesReceived = 0;
    windowUsed = 0;
    body = request.body();
    bodyIndex = request.bodyIndex();
    bodyLeft = request.bodyLength();
    isOut = false;
    sendWindow = window;
    bytesSent = 0;
  }

  final void end() {
    id = NULL_ID;
    body = null;
    sink = null;
  }

  final void received(final int bytes) {
    if (!hasBegun) {
      hasBegun = true;
      onBegun();
    }
    bytesReceived += bytes;
  }
}
