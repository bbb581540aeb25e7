package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.RequestOutcome;

/**
 * All VUs of the shard share a number of connections. A free connection is given away only between
 * runs of the loop, when it is known whether the peer has closed it. The last one to become free is
 * used first.
 */
final class PooledConnections extends QueuedConnections {
  private final int capacity;
  private ConnectionSession free;
  private int open;

  PooledConnections(final SessionContext context, final int localVus, final int capacity) {
    super(context, localVus, RequestOutcome.POOL_TIMEOUT);
    this.capacity = capacity;
  }

  @Override
  ConnectionSession kept(final int local) {
    return null;
  }

  @Override
  ConnectionSession takeFree() {
    while (free != null) {
      final ConnectionSession session = free;
      if (!session.isWorn()) {
        unlistFree(session);
        return session;
      }
      session.retire();
    }
    return null;
  }

  @Override
  boolean hasConnection() {
    return free != null || open < capacity;
  }

  @Override
  void onOpening() {
    open++;
  }

  @Override
  public void onFree(final ConnectionSession session) {
    if (session.local() != ConnectionSession.NO_VU) {
      sessions[session.local()] = null;
    }
    session.nextFree = free;
    session.previousFree = null;
    if (free != null) {
      free.previousFree = session;
    }
    free = session;
    session.listedFree = true;
  }

  @Override
  public void onClosed(final ConnectionSession session) {
    open--;
    if (session.listedFree) {
      unlistFree(session);
    } else if (session.local() != ConnectionSession.NO_VU) {
      sessions[session.local()] = null;
    }
  }

  @Override
  public void openAhead() {
    open++;
    new ConnectionSession(context).openAhead(ConnectionSession.NO_VU);
  }

  private void unlistFree(final ConnectionSession session) {
    if (session.previousFree == null) {
      free = session.nextFree;
    } else {
      session.previousFree.nextFree = session.nextFree;
    }
    if (session.nextFree != null) {
      session.nextFree.previousFree = session.previousFree;
    }
    session.nextFree = null;
    session.previousFree = null;
    session.listedFree = false;
  }
}
