package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.RequestOutcome;

/**
 * Each VU has a connection of its own, opened by its first request and by the first after a close.
 * Between two runs of the loop only so many are opened; who wants one more waits in a FIFO queue,
 * so that thousands of VUs that begin together cannot keep the loop from seeing who is connected.
 */
final class OwnConnections implements ConnectionPolicy {
  private final SessionContext context;
  private final ConnectionSession[] sessions;
  private final WaitQueue waiting;
  private int starts = MAX_STARTS;

  OwnConnections(final SessionContext context, final int localVus) {
    this.context = context;
    this.sessions = new ConnectionSession[localVus];
    this.waiting = new WaitQueue(localVus);
  }

  @Override
  public void send(final int local, final int request, final int requestSeq) {
    final ConnectionSession open = sessions[local];
    if (open != null) {
      open.start(local, request, requestSeq);
    } else if (waiting.isEmpty() && starts > 0) {
      open(local, request, requestSeq);
    } else {
      waiting.add(local, request, requestSeq);
    }
  }

  @Override
  public void cancel(final int local, final int requestSeq) {
    final ConnectionSession session = sessions[local];
    if (session != null && session.carries(requestSeq)) {
      session.cancel();
    } else if (waiting.contains(local) && waiting.requestSeq(local) == requestSeq) {
      waiting.drop(local);
      context.onEnd(local);
    }
  }

  @Override
  public void expire(final int local) {
    if (waiting.contains(local)) {
      waiting.drop(local);
      context.completeUnsent(local, waiting.requestSeq(local), RequestOutcome.CONNECT_TIMEOUT);
    } else {
      sessions[local].expire();
    }
  }

  @Override
  public void onFree(final ConnectionSession session) {
    // The connection stays with its VU.
  }

  @Override
  public void onClosed(final ConnectionSession session) {
    sessions[session.local()] = null;
  }

  @Override
  public int startWaiting() {
    starts = MAX_STARTS;
    int started = 0;
    while (starts > 0 && canStart()) {
      final int local = waiting.remove();
      open(local, waiting.request(local), waiting.requestSeq(local));
      started++;
    }
    return started;
  }

  @Override
  public boolean canStart() {
    return !waiting.isEmpty();
  }

  private void open(final int local, final int request, final int requestSeq) {
    starts--;
    final ConnectionSession opening = new ConnectionSession(context);
    sessions[local] = opening;
    opening.open(local, request, requestSeq);
  }
}
