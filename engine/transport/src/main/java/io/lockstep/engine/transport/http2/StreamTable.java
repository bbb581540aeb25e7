package io.lockstep.engine.transport.http2;

import java.util.Arrays;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The open streams of a connection, oldest first and by their ids, and the ids of those that were
 * given up lately: the peer may not know yet.
 */
final class StreamTable {
  /**
   * How many streams that were given up are known; more frames than theirs are not on their way.
   */
  private static final int GIVEN_UP = 1_024;

  private final Int2ObjectHashMap<ClientStream> byId = new Int2ObjectHashMap<>();
  private ClientStream first;
  private ClientStream last;
  private int[] givenUp = new int[8];
  private int givenUpCount;

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
    givenUp[givenUpCount++ % givenUp.length] = stream.id;
    if (givenUpCount == 2 * GIVEN_UP) {
      givenUpCount = GIVEN_UP;
    }
  }

  boolean wasGivenUp(final int id) {
    for (int i = 0; i < Math.min(givenUpCount, givenUp.length); i++) {
      if (givenUp[i] == id) {
        return true;
      }
    }
    return false;
  }
}
