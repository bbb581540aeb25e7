package io.lockstep.engine.transport.http1;

import io.netty.buffer.ByteBuf;

/**
 * Takes what a {@link ResponseParser} reads of a response besides its framing. What it is given is
 * valid during the call only, and may turn out to belong to a response that breaks off.
 */
public interface ResponseSink {
  /** A response begins: an interim one, below 200, or the final one. */
  void onStatus(int status);

  /** A line of the head, without its end: a field, or the continuation of the one before. */
  void onField(byte[] line, int from, int to);

  /** The next {@code length} bytes of the body lie at the reader index, which must stay. */
  void onBody(ByteBuf in, int length);
}
