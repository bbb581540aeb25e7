package io.lockstep.engine.core.port;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What came back on a request, as it was recorded. Reused by its owner; fields are plain on
 * purpose, and the buffers belong to somebody else.
 */
public final class ResponseView {
  private static final DirectBuffer EMPTY = new UnsafeBuffer(new byte[0]);

  /** HTTP status, 0 where no response came. */
  public int status;

  /** Holds the header lines, each {@code name: value} and CR LF, without the status line. */
  public DirectBuffer head = EMPTY;

  /** Where the header lines start. */
  public int headOffset;

  /** Their length, 0 where they were not kept. */
  public int headLength;

  /** Holds the body, without any transfer coding, but in its content coding. */
  public DirectBuffer body = EMPTY;

  /** Where the body starts. */
  public int bodyOffset;

  /** Its length, 0 where it was not kept. */
  public int bodyLength;

  /** Whether the body is here to its end; one that was cut off has no JSON, no XML, no digest. */
  public boolean bodyComplete = true;

  /** Last byte minus send. */
  public long serviceNs;

  /** Bytes of the response on the wire, head and body. */
  public long size;

  /** Nothing came. */
  public void clear() {
    status = 0;
    head = EMPTY;
    headOffset = 0;
    headLength = 0;
    body = EMPTY;
    bodyOffset = 0;
    bodyLength = 0;
    bodyComplete = true;
    serviceNs = 0;
    size = 0;
  }
}
