package io.lockstep.engine.transport.sim;

/**
 * A number of servers behind one first-in first-out queue, in the order of {@link #serve} calls: a
 * binary heap of the times at which each is free.
 */
final class ServerQueue {
  /** 146 years: a server that is busy until then is busy for ever. */
  private static final long LATEST_NS = Long.MAX_VALUE / 2;

  private final long[] freeNs;

  private ServerQueue(final int servers) {
    freeNs = new long[servers];
  }

  /**
   * The servers of a shard: as even a share of all as can be.
   *
   * @throws IllegalArgumentException if there are fewer servers than shards.
   */
  static ServerQueue share(final int servers, final int shard, final int shards) {
    if (servers < shards) {
      throw new IllegalArgumentException(
          "simulate.servers is "
              + servers
              + " but there are "
              + shards
              + " shards, and each needs a server of its own: use fewer shards or more servers");
    }
    return new ServerQueue((servers - shard + shards - 1) / shards);
  }

  /** When a request that comes at {@code atNs} and takes {@code serviceNs} is done. */
  long serve(final long atNs, final long serviceNs) {
    final long beginNs = Math.max(atNs, freeNs[0]);
    final long endNs = beginNs + Math.min(serviceNs, LATEST_NS - Math.min(beginNs, LATEST_NS));
    int hole = 0;
    while (true) {
      int child = 2 * hole + 1;
      if (child >= freeNs.length) {
        break;
      }
      if (child + 1 < freeNs.length && freeNs[child + 1] < freeNs[child]) {
        child++;
      }
      if (freeNs[child] >= endNs) {
        break;
      }
      freeNs[hole] = freeNs[child];
      hole = child;
    }
    freeNs[hole] = endNs;
    return endNs;
  }
}
