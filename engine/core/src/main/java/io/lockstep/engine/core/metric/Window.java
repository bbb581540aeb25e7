package io.lockstep.engine.core.metric;

import io.lockstep.scenario.plan.metric.MetricKind;

/**
 * The samples of the last stretch of a run, in slices: with each new slice the oldest one goes.
 * Single writer; bounded, and allocates nothing after it was made.
 */
final class Window {
  /** Slices of a window: it slides by one of them. */
  static final int SLICES = 10;

  private final boolean gauge;
  private final long sliceTicks;
  private final Samples[] slices = new Samples[SLICES];
  private final Samples sum;
  private int current;

  /** Slices that are over, the ones that have gone included. */
  private long over;

  /**
   * @param ticks long, rounded up to a multiple of {@link #SLICES}
   */
  Window(final MetricKind kind, final boolean quantiles, final long ticks) {
    gauge = kind == MetricKind.GAUGE;
    sliceTicks = Math.max(1, (ticks - 1) / SLICES + 1);
    for (int i = 0; i < SLICES; i++) {
      slices[i] = new Samples(kind, quantiles);
    }
    sum = new Samples(kind, quantiles);
  }

  /** Empties it: what comes now is the first. */
  void reset() {
    for (final Samples slice : slices) {
      slice.reset();
    }
    over = 0;
  }

  /** How far it slides. */
  long sliceTicks() {
    return sliceTicks;
  }

  /** Where samples go now. */
  Samples current() {
    return slices[current];
  }

  /** Whether the present slice and those before it fill the window once that one is over. */
  boolean isFull() {
    return over >= SLICES - 1;
  }

  /** Whether it was ever full. */
  boolean wasFull() {
    return over >= SLICES;
  }

  /** Slices that {@link #sum} covers, the present one included. */
  long slices() {
    return Math.min(over + 1, SLICES);
  }

  /** All samples in it, the oldest first. */
  Samples sum() {
    sum.reset();
    for (int i = 1; i <= SLICES; i++) {
      sum.addLater(slices[(current + i) % SLICES]);
    }
    return sum;
  }

  /** Ends the present slice; the oldest one's samples go. A gauge keeps its value. */
  void slide() {
    final Samples before = slices[current];
    current = (current + 1) % SLICES;
    slices[current].reset();
    if (gauge && before.count() > 0) {
      slices[current].record(before.last());
    }
    over++;
  }
}
