package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.RequestOutcome;

/** Decides which connection carries the request of which VU. VUs go by their index in the shard. */
interface ConnectionPolicy {
  /**
   * Requests that may be started on other than their own open connection between two runs of the
   * loop. More would keep the loop from seeing what has happened on those begun before, and a
   * target that refuses could hold the thread.
   */
  int MAX_STARTS = 64;

  /** Starts a request, or queues it. */
  void send(int local, int request, int requestSeq);

  /** Gives up a request, wherever it is; nothing happens where it has ended. */
  void cancel(int local, int requestSeq);

  /** Ends the request of a VU, which has one, since its time is over. */
  void expire(int local);

  /** A session's request has ended and its connection is open and free. */
  void onFree(ConnectionSession session);

  /** A session is open, and its first request, if it was opened for one, is on its way. */
  void onReady(ConnectionSession session);

  /** A session that is being opened fails, and the request that it was opened for with it. */
  void onNotOpened(ConnectionSession session, RequestOutcome outcome, String reason);

  /** A request of a VU has left a session that speaks HTTP/2. */
  void onEnded(ConnectionSession session, int local);

  /** A session that speaks HTTP/2 may have room for a request, or another one. */
  void onRoom(ConnectionSession session);

  /** A session that speaks HTTP/2 gets no further request, and will be closed. */
  void onDraining(ConnectionSession session);

  /** A request that was sent was not processed, as the target says, and is to be sent again. */
  void again(int local, int request, int requestSeq);

  /** A session's connection is gone, and its request, if it had one, has ended. */
  void onClosed(ConnectionSession session);

  /** The generator did not run for a while: what waited in vain does not pay for it. */
  void onPause(long fromNs, long toNs);

  /** Opens a connection that no request wants yet. */
  void openAhead();

  /** Starts some of the requests that wait and now can; returns how many. */
  int startWaiting();

  /** Whether a call of {@link #startWaiting()} would start something. */
  boolean canStart();
}
