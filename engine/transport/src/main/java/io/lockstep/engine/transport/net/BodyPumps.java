package io.lockstep.engine.transport.net;

import java.util.ArrayDeque;

/** The bodies of a shard that can be written on, in turn. */
final class BodyPumps {
  private final ArrayDeque<BodyPump> ready = new ArrayDeque<>();

  void add(final BodyPump pump) {
    ready.add(pump);
  }

  /** Whether nothing can be written on. */
  boolean isIdle() {
    return ready.isEmpty();
  }

  /** Gives each that is ready now one turn; returns how many pieces were written. */
  int turn() {
    int pieces = 0;
    for (int left = ready.size(); left > 0; left--) {
      pieces += ready.remove().turn();
    }
    return pieces;
  }
}
