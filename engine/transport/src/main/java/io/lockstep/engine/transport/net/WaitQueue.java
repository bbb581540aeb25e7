package io.lockstep.engine.transport.net;

import java.util.Arrays;

/**
 * A FIFO of VUs that wait for a connection, linked through arrays by their index in the shard:
 * adding, taking and dropping from the middle cost the same for any number of VUs, and nothing is
 * allocated.
 */
final class WaitQueue {
  private static final int NULL_VU = -1;
  private static final int NOT_QUEUED = -2;

  private final int[] next;
  private final int[] previous;
  private final int[] request;
  private final int[] requestSeq;
  private int first = NULL_VU;
  private int last = NULL_VU;

  WaitQueue(final int vus) {
    next = new int[vus];
    previous = new int[vus];
    request = new int[vus];
    requestSeq = new int[vus];
    Arrays.fill(next, NOT_QUEUED);
  }

  boolean isEmpty() {
    return first == NULL_VU;
  }

  /** The one that has waited longest, negative for none. */
  int first() {
    return first;
  }

  /** Who waits behind one that waits, negative for nobody. */
  int after(final int local) {
    return next[local];
  }

  boolean contains(final int local) {
    return next[local] != NOT_QUEUED;
  }

  int request(final int local) {
    return request[local];
  }

  int requestSeq(final int local) {
    return requestSeq[local];
  }

  void add(final int local, final int requestOfVu, final int seq) {
    request[local] = requestOfVu;
    requestSeq[local] = seq;
    next[local] = NULL_VU;
    previous[local] = last;
    if (last == NULL_VU) {
      first = local;
    } else {
      next[last] = local;
    }
    last = local;
  }

  /** Takes out the one that has waited longest; the queue must not be empty. */
  int remove() {
    final int local = first;
    drop(local);
    return local;
  }

  void drop(final int local) {
    final int before = previous[local];
    final int after = next[local];
    if (before == NULL_VU) {
      first = after;
    } else {
      next[before] = after;
    }
    if (after == NULL_VU) {
      last = before;
    } else {
      previous[after] = before;
    }
    next[local] = NOT_QUEUED;
  }
}
