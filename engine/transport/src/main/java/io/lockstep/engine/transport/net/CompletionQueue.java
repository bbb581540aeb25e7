package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ContentBuffer;

/**
 * Completions on their way from the event loop to the machine, in the order in which they happened.
 * A ring of reused objects; it doubles where many requests end in one run of the loop, bounded by
 * the requests under way.
 */
final class CompletionQueue {
  private Completion[] ring;
  private int mask;
  private int head;
  private int size;
  private Completion spare = new Completion();
  private final ContentPool contents;

  /** What each completion's content lies in, by place in the ring. */
  private ContentBuffer[] buffers;

  private ContentBuffer spareBuffer;

  CompletionQueue(final int capacity, final ContentPool contents) {
    this.contents = contents;
    final int rounded = Integer.highestOneBit(Math.max(2, capacity) * 2 - 1);
    ring = new Completion[rounded];
    buffers = new ContentBuffer[rounded];
    mask = rounded - 1;
    fill(0);
  }

  int size() {
    return size;
  }

  /** The new last one, for the caller to fill in at once. */
  Completion offer() {
    if (size > mask) {
      grow();
    }
    final Completion last = ring[(head + size++) & mask];
    last.content.clear();
    last.clearConnection();
    return last;
  }

  /** The last one that was offered, which must be there. */
  Completion last() {
    return ring[(head + size - 1) & mask];
  }

  /** Gives the last one a content; the buffer goes back to the pool once it was handed over. */
  void attach(final ContentBuffer content) {
    final int last = (head + size - 1) & mask;
    buffers[last] = content;
    content.show(ring[last].content);
  }

  /** The first one, valid until the next call, or {@code null}. */
  Completion poll() {
    if (spareBuffer != null) {
      spare.content.clear();
      contents.release(spareBuffer);
      spareBuffer = null;
    }
    if (size == 0) {
      return null;
    }
    final Completion first = ring[head];
    ring[head] = spare;
    spare = first;
    spareBuffer = buffers[head];
    buffers[head] = null;
    head = (head + 1) & mask;
    size--;
    return first;
  }

  private void grow() {
    final Completion[] larger = new Completion[ring.length * 2];
    final ContentBuffer[] largerBuffers = new ContentBuffer[ring.length * 2];
    for (int i = 0; i < size; i++) {
      larger[i] = ring[(head + i) & mask];
      largerBuffers[i] = buffers[(head + i) & mask];
    }
    ring = larger;
    buffers = largerBuffers;
    mask = larger.length - 1;
    head = 0;
    fill(size);
  }

  private void fill(final int from) {
    for (int i = from; i < ring.length; i++) {
      ring[i] = new Completion();
    }
  }
}
