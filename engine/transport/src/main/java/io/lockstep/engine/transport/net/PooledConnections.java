package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.RequestOutcome;

/**
 * All VUs of the shard share a number of connections. A free connection is given away only between
 * runs of the loop, when it is known whether the peer has closed it. The last one to become free is
 * used first. Those that speak HTTP/2 and have some requests get others once no more connections
 * may be opened, in turn.
 */
final class PooledConnections extends QueuedConnections {
  private final int capacity;

  /** Those with room: without requests first, then in the order in which they get another one. */
  private ConnectionSession free;

  private ConnectionSession last;
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
      if (session.isWorn()) {
        session.wearOut();
      } else if (!session.hasRoom()) {
        unlist(session);
      } else if (session.streams() > 0 && open < capacity) {
        return null;
      } else {
        unlist(session);
        return session;
      }
    }
    return null;
  }

  @Override
  void onTaken(final ConnectionSession session) {
    onRoom(session);
  }

  @Override
  boolean hasConnection() {
    while (free != null && !free.hasRoom()) {
      unlist(free); // the target has lowered its limit since; there is room again when one ends
    }
    return free != null || open < capacity;
  }

  @Override
  void onOpening(final int local, final ConnectionSession session) {
    open++;
  }

  @Override
  public void onReady(final ConnectionSession session) {
    onRoom(session);
  }

  @Override
  public void onFree(final ConnectionSession session) {
    if (session.local() != ConnectionSession.NO_VU) {
      sessions[session.local()] = null;
    }
    list(session);
  }

  @Override
  public void onRoom(final ConnectionSession session) {
    if (!session.isMultiplexed() || !session.hasRoom()) {
      return;
    }
    if (session.listedFree && session.streams() == 0) {
      unlist(session);
    }
    if (!session.listedFree) {
      list(session);
    }
  }

  @Override
  public void onDraining(final ConnectionSession session) {
    open--;
    if (session.listedFree) {
      unlist(session);
    }
  }

  @Override
  public void onClosed(final ConnectionSession session) {
    if (!session.isDrained()) {
      open--;
    }
    if (session.listedFree) {
      unlist(session);
    } else if (session.local() != ConnectionSession.NO_VU) {
      sessions[session.local()] = null;
    }
  }

  @Override
  public void openAhead() {
    open++;
    new ConnectionSession(context).openAhead(ConnectionSession.NO_VU);
  }

  private void list(final ConnectionSession session) {
    session.listedFree = true;
    final boolean isFirst = session.streams() == 0 || last == null;
    session.previousFree = isFirst ? null : last;
    session.nextFree = isFirst ? free : null;
    if (session.previousFree == null) {
      free = session;
    } else {
      last.nextFree = session;
    }
    if (session.nextFree == null) {
      last = session;
    } else {
      session.nextFree.previousFree = session;
    }
  }

  private void unlist(final ConnectionSession session) {
    if (session.previousFree == null) {
      free = session.nextFree;
    } else {
      session.previousFree.nextFree = session.nextFree;
    }
    if (session.nextFree == null) {
      last = session.previousFree;
    } else {
      session.nextFree.previousFree = session.previousFree;
    }
    session.nextFree = null;
    session.previousFree = null;
    session.listedFree = false;
  }
}
