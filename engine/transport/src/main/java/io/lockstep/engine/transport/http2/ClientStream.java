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

  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int FIRST_FINAL_STATUS = 200;

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

  /** The stream of the same connection that was opened next; {@code null} for none. */
  public final ClientStream after() {
    return next;
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

  /**
   * Takes a header block that is complete.
   *
   * @return what rule it breaks, {@code null} for none.
   */
  final String take(final FieldBlock fields, final boolean isLast) {
    final String fault = fields.conclude();
    if (fault != null) {
      return fault;
    }
    if (hasHead) {
      return isLast ? null : "trailers that do not end the response";
    }
    if (fields.code() < FIRST_FINAL_STATUS) {
      return isLast ? "interim response that ends the stream" : null;
    }
    hasHead = true;
    status = fields.code();
    contentLength = fields.contentLength();
    bodiless |= status == NO_CONTENT || status == NOT_MODIFIED;
    return null;
  }

  /** Takes a part of the body; returns what rule it breaks, {@code null} for none. */
  final String take(final int bytes) {
    received(bytes);
    bodyBytes += bytes;
    if (bodiless) {
      return "a body where there can be none";
    }
    return contentLength != FieldBlock.NULL_LENGTH && bodyBytes > contentLength
        ? "more data than Content-Length"
        : null;
  }

  /** What is wrong with the length of a response that is over, {@code null} for nothing. */
  final String lengthFault() {
    return !bodiless && contentLength != FieldBlock.NULL_LENGTH && bodyBytes != contentLength
        ? "less data than Content-Length"
        : null;
  }

  /** Whether its body will be larger than a limit, by its own word. */
  final boolean announcesMoreThan(final long bytes) {
    return hasHead && !bodiless && contentLength > bytes;
  }

  final void received(final int bytes) {
    if (!hasBegun) {
      hasBegun = true;
      onBegun();
    }
    bytesReceived += bytes;
  }
}
