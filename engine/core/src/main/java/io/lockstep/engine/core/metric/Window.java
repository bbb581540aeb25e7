package io.lockstep.engine.core.metric;

import io.lockstep.scenario.plan.metric.MetricKind;

/**
 * The samples of the last stretch of a run, in slices: with each new slice the oldest one goes.
 * Single writer; bounded, and allocates nothing after it was made.
 */
final class Window {
  /** Slices of a window: it slides by one of them. */
  static final int SLICES = 10;

  private final Samples[] slices;
  private final Samples sum;
  private int current;

  /** Slices that are over, the ones that have gone included. */
  private long over;

  Window(final MetricKind kind, final boolean quantiles) {
    this(kind, quantiles, SLICES);
  }

  private Window(final MetricKind kind, final boolean quantiles, final int count) {
    slices = new Samples[count];
    for (int i = 0; i < count; i++) {
      slices[i] = new Samples(kind, quantiles);
    }
    sum = count == 1 ? slices[0] : new Samples(kind, quantiles);
  }

  /** One that keeps no more than its present slice: somebody else keeps the others. */
  static Window ofOneSlice(final MetricKind kind, final boolean quantiles) {
    return new Window(kind, quantiles, 1);
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

  /** All samples in it, the oldest first. */
  Samples sum() {
    if (slices.length > 1) {
      sum.reset();
      for (int i = 1; i <= slices.length; i++) {
        sum.addLater(slices[(current + i) % slices.length]);
      }
    }
    return sum;
  }

  /** Ends the present slice; the oldest one's samples go. */
  void slide() {
    current = (current + 1) % slices.length;
    slices[current].reset();
    over++;
  }

  /** The same of a gauge, which keeps its value. */
  void slideOn() {
    final Samples before = current();
    slide();
    if (before.count() > 0) {
      current().keep(before);
    }
  }
}
