package io.lockstep.engine.core.agent;

import java.util.List;

/**
 * How a run is spread over threads and cores. None of it changes what is asked of the target.
 *
 * @param shards machines that share nothing, at least 1
 * @param threading how many threads a shard has
 * @param idle what an idle thread does
 * @param cpus to pin the threads to, in the order shard by shard, engine, transport, journal; empty
 *     for no pinning
 * @param flushIntervalNs longest time that an event waits in an open block; 0 for full blocks only
 */
public record RunOptions(
    int shards, Threading threading, Idle idle, List<Integer> cpus, long flushIntervalNs) {
  public RunOptions {
    cpus = List.copyOf(cpus);
    if (shards < 1) {
      throw new IllegalArgumentException("shards must be at least 1, got " + shards);
    }
  }

  /** How many threads a shard has. */
  public enum Threading {
    /** One thread for engine, transport and journal. */
    SHARED,
    /** A thread for each. */
    DEDICATED
  }

  /** What a thread without work does. */
  public enum Idle {
    /** Spins. */
    SPIN,
    /** Yields. */
    YIELD,
    /**
     * A thread with a live transport of its own spins for some 50 microseconds, then waits for the
     * network; any other spins, yields, then parks for up to 100 microseconds.
     */
    BACKOFF
  }
}
