package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.ContentBuffer;
import java.util.ArrayDeque;

/**
 * Buffers for what is kept of responses. One is in use for each response that is being read or
 * waits to be handed over; free ones are kept up to a bound.
 */
final class ContentPool {
  private static final long MAX_FREE_BYTES = 64L << 20;

  private final ArrayDeque<ContentBuffer> free = new ArrayDeque<>();
  private long freeBytes;

  ContentBuffer take() {
    final ContentBuffer buffer = free.poll();
    if (buffer == null) {
      return new ContentBuffer();
    }
    freeBytes -= buffer.capacity();
    return buffer;
  }

  void release(final ContentBuffer buffer) {
    if (freeBytes + buffer.capacity() <= MAX_FREE_BYTES) {
      freeBytes += buffer.capacity();
      free.push(buffer);
    }
  }
}
