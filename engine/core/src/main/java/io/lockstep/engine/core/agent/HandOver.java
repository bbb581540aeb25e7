package io.lockstep.engine.core.agent;

import java.util.function.Supplier;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * Passes buffers from one thread to another, in order, and gives them back for further use. Never
 * waits: what is offered beyond the capacity is refused.
 */
final class HandOver<B> {
  private final OneToOneConcurrentArrayQueue<B> full;
  private final OneToOneConcurrentArrayQueue<B> free;
  private final Supplier<B> source;

  HandOver(final int capacity, final Supplier<B> source) {
    full = new OneToOneConcurrentArrayQueue<>(capacity);
    free = new OneToOneConcurrentArrayQueue<>(capacity);
    this.source = source;
  }

  /** One that came back, or a new one. Sender's thread. */
  B empty() {
    final B buffer = free.poll();
    return buffer == null ? source.get() : buffer;
  }

  /**
   * Passes one on. Sender's thread.
   *
   * @return false if there is no space.
   */
  boolean offer(final B buffer) {
    return full.offer(buffer);
  }

  /**
   * The next one, which must be there. Receiver's thread.
   *
   * @throws IllegalStateException if it is not.
   */
  B take() {
    final B buffer = full.poll();
    if (buffer == null) {
      throw new IllegalStateException("a message came without its buffer");
    }
    return buffer;
  }

  /**
   * Gives one back. Receiver's thread.
   *
   * @param keep whether it is worth its memory
   * @return false where it was left to the collector, since it is not or enough others are free.
   */
  boolean release(final B buffer, final boolean keep) {
    return keep && free.offer(buffer);
  }
}
