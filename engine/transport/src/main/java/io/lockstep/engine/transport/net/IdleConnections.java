package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.Keeping;

/**
 * Free connections in the order in which they became free, so that those that nobody has wanted for
 * too long are closed. Does nothing where there is no such limit.
 */
final class IdleConnections {
  private final long maxIdleNs;
  private ConnectionSession oldest;
  private ConnectionSession youngest;

  IdleConnections(final Keeping keeping) {
    maxIdleNs = keeping.maxIdleNs();
  }

  void add(final ConnectionSession session) {
    if (maxIdleNs == Keeping.UNLIMITED) {
      return;
    }
    session.listedIdle = true;
    session.idleBefore = youngest;
    session.idleAfter = null;
    if (youngest == null) {
      oldest = session;
    } else {
      youngest.idleAfter = session;
    }
    youngest = session;
  }

  void remove(final ConnectionSession session) {
    if (!session.listedIdle) {
      return;
    }
    session.listedIdle = false;
    if (session.idleBefore == null) {
      oldest = session.idleAfter;
    } else {
      session.idleBefore.idleAfter = session.idleAfter;
    }
    if (session.idleAfter == null) {
      youngest = session.idleBefore;
    } else {
      session.idleAfter.idleBefore = session.idleBefore;
    }
    session.idleBefore = null;
    session.idleAfter = null;
  }

  /** Closes those that were free for too long; returns how many. */
  int retire(final long nowNs) {
    int retired = 0;
    while (oldest != null && nowNs - oldest.freeSinceNs() >= maxIdleNs) {
      oldest.retire();
      retired++;
    }
    return retired;
  }
}
