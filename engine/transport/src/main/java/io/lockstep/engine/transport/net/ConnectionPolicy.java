package io.lockstep.engine.transport.net;

/** Decides which connection carries the request of which VU. VUs go by their index in the shard. */
interface ConnectionPolicy {
  /** Starts a request, or queues it. */
  void send(int local, int request, int requestSeq);

  /** Gives up a request, wherever it is; nothing happens where it has ended. */
  void cancel(int local, int requestSeq);

  /** A session's request has ended and its connection is open and free. */
  void onFree(ConnectionSession session);

  /** A session's connection is gone, and its request, if it had one, has ended. */
  void onClosed(ConnectionSession session);

  /** Starts some of the requests that wait and now can; returns how many. */
  int startWaiting();

  /** Whether a call of {@link #startWaiting()} would start something. */
  boolean canStart();
}
