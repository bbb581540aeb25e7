package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.RequestOutcome;

/**
 * Each VU has one connection for all that it asks for side by side, where that comes to speak
 * HTTP/2. Until the first one has said what the target speaks, the others wait for it; where it
 * speaks HTTP/1.1 each gets a connection of its own, from then on at once.
 */
final class OwnMultiplexed extends QueuedConnections {
  private final int[] owners;
  private final HeldRequests held;

  /** By VU: its connection that speaks HTTP/2, or may come to. */
  private final ConnectionSession[] homes;

  private boolean knowsBetter;
  private int ahead;

  /**
   * Of a shard.
   *
   * @param owners by slot: the VU whose it is
   */
  OwnMultiplexed(final SessionContext context, final int[] owners) {
    super(context, owners.length, RequestOutcome.CONNECT_TIMEOUT);
    this.owners = owners;
    held = new HeldRequests(owners);
    homes = new ConnectionSession[owners.length];
  }

  @Override
  ConnectionSession kept(final int local) {
    final ConnectionSession home = homes[owners[local]];
    if (home != null && home.isMultiplexed()) {
      if (home.isWorn()) {
        home.wearOut();
        return null;
      }
      return home.hasRoom() ? home : null;
    }
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
    if (!knowsBetter && homes[owners[local]] == null) {
      homes[owners[local]] = session;
    }
  }

  @Override
  boolean mustHold(final int local) {
    return homes[owners[local]] != null;
  }

  @Override
  void hold(final int local, final int request, final int requestSeq) {
    held.add(local, request, requestSeq);
  }

  @Override
  boolean letGo(final int local, final int requestSeq) {
    if (requestSeq == NOT_HELD || held.requestSeq(local) != requestSeq) {
      return false;
    }
    held.remove(local);
    return true;
  }

  @Override
  int heldSeq(final int local) {
    return held.requestSeq(local);
  }

  @Override
  public void onReady(final ConnectionSession session) {
    final int owner = owners[session.home()];
    if (session.isMultiplexed()) {
      knowsBetter = false;
      if (session.streams() == 0) {
        sessions[session.home()] = null;
      }
      if (homes[owner] == null && !session.isDrained()) {
        homes[owner] = session;
      }
      onRoom(session);
    } else {
      knowsBetter = true;
      leave(session);
    }
  }

  @Override
  public void onNotOpened(
      final ConnectionSession session, final RequestOutcome outcome, final String reason) {
    final int owner = owners[session.home()];
    if (homes[owner] == session) {
      for (int local = held.first(owner);
          local != HeldRequests.NULL_VU;
          local = held.first(owner)) {
        final int requestSeq = held.requestSeq(local);
        held.remove(local);
        context.completeUnsent(local, requestSeq, outcome);
        context.completions.last().reason = reason;
      }
    }
  }

  @Override
  public void onFree(final ConnectionSession session) {
    // The connection stays with its VU.
  }

  @Override
  public void onRoom(final ConnectionSession session) {
    final int owner = owners[session.home()];
    while (homes[owner] == session && session.hasRoom()) {
      final int local = held.first(owner);
      if (local == HeldRequests.NULL_VU) {
        return;
      }
      final int requestSeq = held.requestSeq(local);
      held.remove(local);
      sessions[local] = session;
      session.start(local, held.request(local), requestSeq);
    }
  }

  @Override
  public void onDraining(final ConnectionSession session) {
    leave(session);
  }

  @Override
  public void onClosed(final ConnectionSession session) {
    if (session.local() != ConnectionSession.NO_VU) {
      sessions[session.local()] = null;
    }
    leave(session);
  }

  @Override
  public void openAhead() {
    final ConnectionSession opening = new ConnectionSession(context);
    sessions[ahead] = opening;
    homes[owners[ahead]] = opening;
    opening.openAhead(ahead++);
  }

  /** A VU has no such connection any more; those who wait for it get others. */
  private void leave(final ConnectionSession session) {
    final int owner = owners[session.home()];
    if (homes[owner] != session) {
      return;
    }
    homes[owner] = null;
    for (int local = held.first(owner); local != HeldRequests.NULL_VU; local = held.first(owner)) {
      final int requestSeq = held.requestSeq(local);
      held.remove(local);
      enqueue(local, held.request(local), requestSeq);
    }
  }
}
