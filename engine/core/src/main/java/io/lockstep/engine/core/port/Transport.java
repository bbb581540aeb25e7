package io.lockstep.engine.core.port;

/**
 * Carries requests to a target and brings back how they ended. The machine cannot tell which kind
 * it has: network, simulated or replayed. Single-threaded: one thread calls all of it.
 *
 * <p>A slot has at most one request under way. The slot of a VU's request is the VU; where a flow
 * makes requests side by side, those beyond the first have slots of their own, which come after
 * those of all VUs of the shard and are to the transport like VUs of their own. For each {@link
 * #send} exactly one completion follows, unless {@link #cancel} comes first; after a cancel a
 * completion that was already on its way may still come and is told by its {@code requestSeq}.
 *
 * <p>The transport keeps the request's timeout, from the send call on: it alone knows when that was
 * and what had come by then. A generator that was held up must not blame the target, so an answer
 * that is already here wins over a timeout that is due.
 */
public interface Transport extends AutoCloseable {
  /** Returned by {@link #nextTick()} where nothing is due at a known tick. */
  long NULL_TICK = Long.MAX_VALUE;

  /**
   * Sends a request, or queues it where no connection is free. Never blocks and never refuses.
   *
   * @param vu global id of the VU or slot: {@code vu % shards} is the shard, {@code vu / shards}
   *     counts within it, below the machine's number of lanes
   * @param request index in the plan
   * @param requestSeq number of the request within the VU
   * @param streamKey key of the request's random streams, for a transport that draws: another for
   *     each time that an iteration makes this request
   * @param tick in which it is issued
   * @param intendedNs when it should be sent, nanoseconds since run start
   * @param rendered what to send, valid during the call; {@code null} where the request has no
   *     templates and is sent as the plan says. One that is no valid request is not sent and ends
   *     with {@link io.lockstep.scenario.plan.RequestOutcome#INVALID_REQUEST}.
   */
  void send(
      int vu,
      int request,
      int requestSeq,
      long streamKey,
      long tick,
      long intendedNs,
      RenderedRequest rendered);

  /**
   * Gives up the request of a VU or slot: the run is over, or the VU is not wanted any more. The
   * slot may issue another one at once, so its completion may come no more, or with its own number.
   */
  void cancel(int vu, int requestSeq);

  /**
   * Hands over completions.
   *
   * @param tick the simulated transport hands over what ends in this tick; live ones ignore it
   * @param handler gets each; the object it gets is reused
   * @param limit at most so many; the simulated transport ignores it
   * @return how many were handed over, plus other work done
   */
  int poll(long tick, CompletionHandler handler, int limit);

  /** The earliest tick in which something ends, or {@link #NULL_TICK}. */
  long nextTick();

  /**
   * Waits until there may be something to poll, for so long at most; for a shard with nothing else
   * to do. Returns at once where the transport has nothing to wait on.
   */
  default void await(final long maxNs) {}

  /**
   * Does something of what the plan wants done before the clock starts; called again and again on
   * the thread that will make all other calls.
   *
   * @param nowNs by a clock that runs already; the run's own stands still
   * @param enough whether to give up what is not done yet
   * @return whether nothing is left to do
   */
  default boolean prepare(final long nowNs, final boolean enough) {
    return true;
  }

  /** Counts what becomes of its connections; {@code null} where there are none. */
  default ConnectionTally connections() {
    return null;
  }

  /** Lookups of names that it has made, before the run and during it. */
  default NameLookups lookups() {
    return NameLookups.NONE;
  }

  /** How requests have waited for a connection. Any thread, always the same object. */
  default WaitTally waits() {
    return WaitTally.NONE;
  }

  /** How it asks the system. */
  default Network network() {
    return Network.UNKNOWN;
  }

  @Override
  void close();

  /** Takes completions. */
  @FunctionalInterface
  interface CompletionHandler {
    /** One request has ended. {@code completion} is valid during the call only. */
    void onCompletion(Completion completion);
  }
}
