package io.lockstep.engine.transport.net;

import java.util.Arrays;

/**
 * Requests that wait for a connection of their own VU: those that it makes side by side while the
 * connection is being opened, or is full. One list for each VU, linked through arrays.
 */
final class HeldRequests {
  static final int NULL_VU = -1;

  private static final int NOT_HELD = -1;

  private final int[] owners;
  private final int[] first;
  private final int[] next;
  private final int[] request;
  private final int[] requestSeq;

  /**
   * Of a shard.
   *
   * @param owners by slot: the VU whose it is
   */
  HeldRequests(final int[] owners) {
    this.owners = owners;
    first = new int[owners.length];
    next = new int[owners.length];
    request = new int[owners.length];
    requestSeq = new int[owners.length];
    Arrays.fill(first, NULL_VU);
    Arrays.fill(requestSeq, NOT_HELD);
  }

  /** The number of a slot's request that waits, or negative. */
  int requestSeq(final int local) {
    return requestSeq[local];
  }

  int request(final int local) {
    return request[local];
  }

  /** The slot that has waited longest for a VU's connection, or {@link #NULL_VU}. */
  int first(final int owner) {
    return first[owner];
  }

  /** Adds the request of a slot, behind those of the same VU, of which there are few. */
  void add(final int local, final int requestOfVu, final int seq) {
    request[local] = requestOfVu;
    requestSeq[local] = seq;
    next[local] = NULL_VU;
    final int owner = owners[local];
    if (first[owner] == NULL_VU) {
      first[owner] = local;
      return;
    }
    int last = first[owner];
    while (next[last] != NULL_VU) {
      last = next[last];
    }
    next[last] = local;
  }

  /** Takes out a slot that is in. */
  void remove(final int local) {
    requestSeq[local] = NOT_HELD;
    final int owner = owners[local];
    if (first[owner] == local) {
      first[owner] = next[local];
      return;
    }
    int before = first[owner];
    while (next[before] != local) {
      before = next[before];
    }
    next[before] = next[local];
  }
}
