package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.RequestOutcome;

/**
 * Each VU has a connection of its own, opened by its first request and by the first after a close,
 * or ahead of all.
 */
final class OwnConnections extends QueuedConnections {
  private int ahead;

  OwnConnections(final SessionContext context, final int localVus) {
    super(context, localVus, RequestOutcome.CONNECT_TIMEOUT);
  }

  @Override
  ConnectionSession kept(final int local) {
    final ConnectionSession kept = sessions[local];
    if (kept != null && kept.isFree() && kept.isWorn()) {
      kept.retire();
      return null;
    }
    return kept;
  }

  @Override
  ConnectionSession takeFree() {
    return null;
  }

  @Override
  boolean hasConnection() {
    return true;
  }

  @Override
  void onOpening(final int local, final ConnectionSession session) {
    // There is no limit but the number of VUs.
  }

  @Override
  public void onFree(final ConnectionSession session) {
    // The connection stays with its VU.
  }

  @Override
  public void onRoom(final ConnectionSession session) {
    // Only its VU wants it.
  }

  @Override
  public void onDraining(final ConnectionSession session) {
    // It is closed once its request is over.
  }

  @Override
  public void onClosed(final ConnectionSession session) {
    if (session.local() != ConnectionSession.NO_VU) {
      sessions[session.local()] = null;
    }
  }

  @Override
  public void openAhead() {
    final ConnectionSession opening = new ConnectionSession(context);
    sessions[ahead] = opening;
    opening.openAhead(ahead++);
  }
}
