package io.lockstep.engine.transport.http2;

import java.util.Arrays;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The open streams of a connection, oldest first and by their ids, and the ids of those that were
 * given up lately: the peer may not know yet.
 */
final class StreamTable {
  /**
   * How many streams that were given up are known; what comes on older ones is taken for theirs.
   */
  private static final int GIVEN_UP = 1_024;

  private final Int2ObjectHashMap<ClientStream> byId = new Int2ObjectHashMap<>();
  private ClientStream first;
  private ClientStream last;
  private int[] givenUp = new int[8];
  private int givenUpCount;

  /** Highest id of those given up that are known no more; nothing is known of ids up to it. */
  private int forgotten;

  int size() {
    return byId.size();
  }

  ClientStream first() {
    return first;
  }

  /** An open stream, or {@code null}. */
  ClientStream find(final int id) {
    return first != null && first.id == id ? first : byId.get(id);
  }

  void add(final ClientStream stream) {
    byId.put(stream.id, stream);
    stream.previous = last;
    stream.next = null;
    if (last == null) {
      first = stream;
    } else {
      last.next = stream;
    }
    last = stream;
  }

  void remove(final ClientStream stream) {
    byId.remove(stream.id);
    if (stream.previous == null) {
      first = stream.next;
    } else {
      stream.previous.next = stream.next;
    }
    if (stream.next == null) {
      last = stream.previous;
    } else {
      stream.next.previous = stream.previous;
    }
    stream.previous = null;
    stream.next = null;
  }

  /** Remembers that this side has given up a stream. */
  void giveUp(final ClientStream stream) {
    if (givenUpCount == givenUp.length && givenUp.length < GIVEN_UP) {
      givenUp = Arrays.copyOf(givenUp, givenUp.length * 2);
    }
    final int index = givenUpCount % givenUp.length;
    if (givenUpCount >= GIVEN_UP) {
      forgotten = Math.max(forgotten, givenUp[index]);
    }
    givenUp[index] = stream.id;
    givenUpCount++;
    if (givenUpCount == 2 * GIVEN_UP) {
      givenUpCount = GIVEN_UP;
    }
  }

  /** Whether this side may have given up a stream. */
  boolean wasGivenUp(final int id) {
    if (id <= forgotten) {
      return true;
    }
    for (int i = 0; i < Math.min(givenUpCount, givenUp.length); i++) {
      if (givenUp[i] == id) {
        return true;
      }
    }
    return false;
  }
}
