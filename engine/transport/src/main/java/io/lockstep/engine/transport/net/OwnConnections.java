package io.lockstep.engine.transport.net;

/**
 * Each VU has a connection of its own, opened by its first request and by the first after a close.
 */
final class OwnConnections implements ConnectionPolicy {
  private final SessionContext context;
  private final ConnectionSession[] sessions;

  OwnConnections(final SessionContext context, final int localVus) {
    this.context = context;
    this.sessions = new ConnectionSession[localVus];
  }

  @Override
  public void send(final int local, final int request, final int requestSeq) {
    final ConnectionSession open = sessions[local];
    if (open != null) {
      open.start(local, request, requestSeq);
    } else {
      final ConnectionSession opening = new ConnectionSession(context);
      sessions[local] = opening;
      opening.open(local, request, requestSeq);
    }
  }

  @Override
  public void cancel(final int local, final int requestSeq) {
    final ConnectionSession session = sessions[local];
    if (session != null && session.carries(requestSeq)) {
      session.abandon();
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
    return 0;
  }

  @Override
  public boolean canStart() {
    return false;
  }
}
