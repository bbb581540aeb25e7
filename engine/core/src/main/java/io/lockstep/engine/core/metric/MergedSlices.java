package io.lockstep.engine.core.metric;

import io.lockstep.scenario.plan.metric.MetricKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Judges one threshold over all shards: a slice once each of them is through with it. What came of
 * it depends on the slices alone, not on when they came, nor on how many shards there are. Holds
 * the slices between the slowest shard and the fastest.
 */
final class MergedSlices {
  private static final long ENDED = Long.MAX_VALUE;

  private final ThresholdJudge judge;

  /** {@code null} where all samples so far are looked at. */
  private final Window window;

  private final Samples total;

  /** The slice that {@link #total} gets next. */
  private final Samples present;

  /** By shard: so many of its slices have come, {@link #ENDED} once there are no more. */
  private final long[] come;

  /** By shard: the first slice without load to its end. */
  private final long[] loaded;

  /** The last of them, of those that were added. */
  private long lastLoaded;

  /** What shards had in the slices that are not judged yet, from {@link #next} on. */
  private final Deque<List<long[]>> waiting = new ArrayDeque<>();

  private long next;
  private boolean concluded;

  MergedSlices(final ThresholdJudge judge, final MetricKind kind, final int shards) {
    this.judge = judge;
    final boolean quantiles = judge.threshold.expression().aggregation().isQuantile();
    window = judge.threshold.isWindowed() ? new Window(kind, quantiles) : null;
    total = window == null ? new Samples(kind, quantiles) : null;
    present = window == null ? new Samples(kind, quantiles) : null;
    come = new long[shards];
    loaded = new long[shards];
  }

  /**
   * Takes what has come from a shard, and judges what is whole now; false if the run ends for it.
   */
  boolean take(final int shard, final SliceLog log) {
    read(log);
    log.take();
    loaded[shard] = log.loaded();
    come[shard] = log.isConcluded() ? ENDED : log.end();
    final long whole = Arrays.stream(come).min().orElseThrow();
    // Once all have ended the last one is no slice but what is left at the end.
    return judgeBefore(whole == ENDED ? next + waiting.size() - 1 : whole, most(loaded));
  }

  private static long most(final long[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  /** Nothing more is to be taken of a shard. */
  void end(final int shard) {
    come[shard] = ENDED;
  }

  /** How many slices a shard is ahead of the slowest one. */
  long lead(final int shard) {
    return come[shard] == ENDED ? 0 : come[shard] - Arrays.stream(come).min().orElseThrow();
  }

  /** Adds what a shard's log has left. */
  void add(final SliceLog log) {
    lastLoaded = Math.max(lastLoaded, log.loaded());
    read(log);
  }

  private void read(final SliceLog log) {
    long slice = log.first();
    for (final long[] packed : log.left()) {
      while (next + waiting.size() <= slice) {
        waiting.addLast(new ArrayList<>(come.length));
      }
      if (packed.length > 0) {
        slot(slice).add(packed);
      }
      slice++;
    }
  }

  private List<long[]> slot(final long slice) {
    long at = next;
    for (final List<long[]> parts : waiting) {
      if (at++ == slice) {
        return parts;
      }
    }
    throw new IllegalStateException("slice " + slice + " was judged before it came");
  }

  private boolean judgeBefore(final long end, final long loadedBefore) {
    boolean goesOn = true;
    while (next < end) {
      merge(waiting.removeFirst());
      if (window == null) {
        goesOn &= judge.onSlice(total, next);
      } else {
        goesOn &= judge.onSlice(window, next, next >= loadedBefore);
        window.slide();
      }
      next++;
    }
    return goesOn;
  }

  /** Shards first, then time: of gauges the order counts. */
  private void merge(final List<long[]> parts) {
    final Samples slice = window == null ? present : window.current();
    parts.forEach(slice::addShard);
    if (window == null) {
      total.addLater(present);
      present.reset();
    }
  }

  /** All shards have ended and were added: judges the rest. Again without effect. */
  void conclude(final long loadEndedNs) {
    if (concluded) {
      return;
    }
    concluded = true;
    judgeBefore(next + Math.max(0, waiting.size() - 1), lastLoaded);
    if (!waiting.isEmpty()) {
      merge(waiting.removeFirst());
    }
    if (window != null) {
      judge.onRest(window, loadEndedNs);
    }
  }

  /** All samples that were added, where there is no window. */
  Samples total() {
    return total;
  }
}
