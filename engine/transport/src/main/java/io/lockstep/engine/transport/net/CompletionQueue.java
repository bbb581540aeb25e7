package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Completion;

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

  CompletionQueue(final int capacity) {
    final int rounded = Integer.highestOneBit(Math.max(2, capacity) * 2 - 1);
    ring = new Completion[rounded];
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
    return ring[(head + size++) & mask];
  }

  /** The first one, valid until the next call, or {@code null}. */
  Completion poll() {
    if (size == 0) {
      return null;
    }
    final Completion first = ring[head];
    ring[head] = spare;
    spare = first;
    head = (head + 1) & mask;
    size--;
    return first;
  }

  private void grow() {
    final Completion[] larger = new Completion[ring.length * 2];
    for (int i = 0; i < size; i++) {
      larger[i] = ring[(head + i) & mask];
    }
    ring = larger;
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
