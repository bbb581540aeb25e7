package io.lockstep.engine.transport.body;

import io.lockstep.engine.core.port.FeederException;
import io.netty.buffer.ByteBuf;

/**
 * The bytes of one request's body, from its first to its last. Asked for as the connection takes
 * them, so no more of a body than a piece is in memory. Single-threaded.
 */
public interface BodySource {
  /** All of it. */
  long lengthBytes();

  /** What {@link #next} has not given yet. */
  long remainingBytes();

  /**
   * The next bytes, at least one and at most {@code most} of them; the caller's to release. Only
   * while something remains.
   *
   * @throws FeederException if a file of it cannot be read, or is no longer what it was.
   */
  ByteBuf next(int most);
}
