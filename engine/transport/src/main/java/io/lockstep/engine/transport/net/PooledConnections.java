package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.RequestOutcome;

/**
 * All VUs of the shard share a number of connections. Who finds none free waits in one FIFO queue;
 * a free connection is given away only between runs of the loop, when it is known whether the peer
 * has closed it. The last one to become free is used first.
 */
final class PooledConnections implements ConnectionPolicy {
  private final SessionContext context;
  private final int capacity;
  private final WaitQueue waiting;
  private final long[] waitingSinceNs;
  private final ConnectionSession[] sessionByVu;
  private ConnectionSession free;
  private int open;
  private int starts = MAX_STARTS;

  PooledConnections(final SessionContext context, final int localVus, final int capacity) {
    this.context = context;
    this.capacity = capacity;
    this.waiting = new WaitQueue(localVus);
    this.waitingSinceNs = new long[localVus];
    this.sessionByVu = new ConnectionSession[localVus];
  }

  @Override
  public void send(final int local, final int request, final int requestSeq) {
    if (waiting.isEmpty() && starts > 0 && hasConnection()) {
      begin(local, request, requestSeq);
    } else {
      waiting.add(local, request, requestSeq);
      waitingSinceNs[local] = context.clock.nanoTime();
    }
  }

  @Override
  public void cancel(final int local, final int requestSeq) {
    final ConnectionSession session = sessionByVu[local];
    if (session != null) {
      if (session.carries(requestSeq)) {
        session.cancel();
      }
    } else if (waiting.contains(local) && waiting.requestSeq(local) == requestSeq) {
      waiting.drop(local);
      onWaited(local);
      context.onEnd(local);
    }
  }

  @Override
  public void expire(final int local) {
    if (waiting.contains(local)) {
      waiting.drop(local);
      onWaited(local);
      context.completeUnsent(local, waiting.requestSeq(local), RequestOutcome.POOL_TIMEOUT);
    } else {
      sessionByVu[local].expire();
    }
  }

  @Override
  public void onFree(final ConnectionSession session) {
    sessionByVu[session.local()] = null;
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
    } else {
      sessionByVu[session.local()] = null;
    }
  }

  @Override
  public int startWaiting() {
    starts = MAX_STARTS;
    int started = 0;
    while (starts > 0 && canStart()) {
      final int local = waiting.remove();
      onWaited(local);
      begin(local, waiting.request(local), waiting.requestSeq(local));
      started++;
    }
    return started;
  }

  @Override
  public boolean canStart() {
    return !waiting.isEmpty() && hasConnection();
  }

  private void onWaited(final int local) {
    context.waits.onWait(context.clock.nanoTime() - waitingSinceNs[local]);
  }

  private boolean hasConnection() {
    return free != null || open < capacity;
  }

  private void begin(final int local, final int request, final int requestSeq) {
    starts--;
    if (free != null) {
      final ConnectionSession session = free;
      unlistFree(session);
      sessionByVu[local] = session;
      session.start(local, request, requestSeq);
    } else {
      final ConnectionSession session = new ConnectionSession(context);
      open++;
      sessionByVu[local] = session;
      session.open(local, request, requestSeq);
    }
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
