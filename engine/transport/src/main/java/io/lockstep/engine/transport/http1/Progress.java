package io.lockstep.engine.transport.http1;

/** How far a {@link ResponseParser} has come. */
public enum Progress {
  /** The response goes on: more bytes are needed. */
  MORE,
  /** The response is complete; bytes that are left in the buffer belong to no response. */
  COMPLETE,
  /** The response broke the protocol's rules; {@link ResponseParser#violation()} says how. */
  VIOLATION,
  /** The head, or the trailers, are larger than the limit. */
  HEADER_TOO_LARGE,
  /** The body is, or says that it will be, larger than the limit. */
  BODY_TOO_LARGE
}
