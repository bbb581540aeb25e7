package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.RequestOutcome;

/**
 * What all policies share. A VU that can have no connection now waits in one FIFO queue; between
 * two runs of the loop only so many are begun, so that thousands of VUs that begin together cannot
 * keep the loop from seeing who is connected.
 */
abstract class QueuedConnections implements ConnectionPolicy {
  final SessionContext context;

  /** By VU: the session that carries its request, or is kept for it. */
  final ConnectionSession[] sessions;

  private final WaitQueue waiting;
  private final long[] waitingSinceNs;
  private final RequestOutcome waitedTooLong;
  private int starts = MAX_STARTS;

  /**
   * @param waitedTooLong what is said of a VU whose time ended in the queue
   */
  QueuedConnections(
      final SessionContext context, final int localVus, final RequestOutcome waitedTooLong) {
    this.context = context;
    this.sessions = new ConnectionSession[localVus];
    this.waiting = new WaitQueue(localVus);
    this.waitingSinceNs = new long[localVus];
    this.waitedTooLong = waitedTooLong;
  }

  /** An open session that is kept for a VU alone; {@code null} for none. */
  abstract ConnectionSession kept(int local);

  /** An open session that any VU can have, no longer free; {@code null} for none. */
  abstract ConnectionSession takeFree();

  /** Whether a VU without a session can have one: a free or a new one. */
  abstract boolean hasConnection();

  /** One more is being opened. */
  abstract void onOpening();

  @Override
  public final void send(final int local, final int request, final int requestSeq) {
    final ConnectionSession kept = kept(local);
    if (kept != null) {
      kept.start(local, request, requestSeq);
    } else if (waiting.isEmpty() && starts > 0 && hasConnection()) {
      begin(local, request, requestSeq);
    } else {
      waiting.add(local, request, requestSeq);
      waitingSinceNs[local] = context.clock.nanoTime();
    }
  }

  @Override
  public final void cancel(final int local, final int requestSeq) {
    final ConnectionSession session = sessions[local];
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
  public final void expire(final int local) {
    if (waiting.contains(local)) {
      waiting.drop(local);
      onWaited(local);
      context.completeUnsent(local, waiting.requestSeq(local), waitedTooLong);
      context.completions.last().reason =
          waitedTooLong == RequestOutcome.POOL_TIMEOUT
              ? Reasons.POOL_TIMEOUT
              : Reasons.CONNECT_QUEUE;
    } else {
      sessions[local].expire();
    }
  }

  @Override
  public final int startWaiting() {
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
  public final boolean canStart() {
    return !waiting.isEmpty() && hasConnection();
  }

  @Override
  public final void onPause(final long fromNs, final long toNs) {
    for (int local = waiting.first(); local >= 0; local = waiting.after(local)) {
      context.timeouts().postpone(local, waiting.request(local), fromNs, toNs);
    }
  }

  /** Only who shares connections waits for one; else it is the pace at which they are opened. */
  private void onWaited(final int local) {
    if (waitedTooLong == RequestOutcome.POOL_TIMEOUT) {
      context.waits.onWait(context.clock.nanoTime() - waitingSinceNs[local]);
    }
  }

  private void begin(final int local, final int request, final int requestSeq) {
    starts--;
    final ConnectionSession free = takeFree();
    if (free != null) {
      sessions[local] = free;
      free.start(local, request, requestSeq);
    } else {
      final ConnectionSession opening = new ConnectionSession(context);
      onOpening();
      sessions[local] = opening;
      opening.open(local, request, requestSeq);
    }
  }
}
