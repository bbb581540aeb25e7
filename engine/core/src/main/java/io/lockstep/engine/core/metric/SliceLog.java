package io.lockstep.engine.core.metric;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The slices of a window in one shard that are over, packed, until those of all shards are judged
 * together. Written by the shard; whoever takes from it does so between two events of the shard.
 *
 * <p>A slice takes 64 bytes, none without samples, and where somebody asks for percentiles 16 more
 * per different value that the histogram has, so at most a few tens of kilobytes.
 */
final class SliceLog {
  /** There is load in all slices. */
  static final long LOADED = Long.MAX_VALUE;

  private final Deque<long[]> slices = new ArrayDeque<>();
  private long taken;
  private boolean concluded;
  private long loaded = LOADED;

  /**
   * The next slice is over.
   *
   * @param over whether the load has ended
   */
  void add(final Samples samples, final boolean over) {
    if (over) {
      loaded = Math.min(loaded, end());
    }
    slices.addLast(samples.pack());
  }

  /** The shard has ended: there are no more slices. */
  void conclude() {
    loaded = Math.min(loaded, end());
    concluded = true;
  }

  /** The first slice in which there was no load to its end, {@link #LOADED} as long as there is. */
  long loaded() {
    return loaded;
  }

  boolean isConcluded() {
    return concluded;
  }

  boolean isEmpty() {
    return slices.isEmpty();
  }

  /** Number of the first slice that is left. */
  long first() {
    return taken;
  }

  /** Number of the slice after the last one. */
  long end() {
    return taken + slices.size();
  }

  /** Those that are left, in order. */
  Iterable<long[]> left() {
    return slices;
  }

  /** Forgets those that are left. */
  void take() {
    taken += slices.size();
    slices.clear();
  }
}
