package io.lockstep.engine.transport.http2;

/** How a stream can end. */
public enum StreamEnd {
  /** A complete response came. */
  COMPLETE,
  /** The response, or the connection, broke the protocol's rules. */
  VIOLATION,
  /** The response's head, or its trailers, are larger than the limit. */
  HEADER_TOO_LARGE,
  /** The body is, or says that it will be, larger than the limit. */
  BODY_TOO_LARGE,
  /** The peer gave the stream up. */
  RESET,
  /** The peer says that it has done nothing for the stream: it may be sent again. */
  UNPROCESSED
}
