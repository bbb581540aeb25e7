package io.lockstep.engine.core.metric;

import io.lockstep.scenario.plan.metric.Comparison;
import io.lockstep.scenario.plan.metric.Expression;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.plan.metric.Threshold;

/**
 * Compares samples with what a threshold asks, and keeps what came of it. Knows the slices of time
 * after which it is looked at: they are the same in all shards.
 */
final class ThresholdJudge {
  private static final long CHECK_NS = 1_000_000_000L;
  private static final long SAMPLE_NS = 100_000_000L;

  final Threshold threshold;
  private final MetricKind kind;
  private final boolean sampled;
  private final long tickNs;

  /** First tick of the measured phase of the scenarios that it is about. */
  private final long fromTick;

  private final long sliceTicks;
  private final long armedTick;
  private boolean judged;
  private boolean failed;
  private double worst;

  ThresholdJudge(
      final Threshold threshold, final Meter meter, final long tickNs, final long fromTick) {
    this.threshold = threshold;
    kind = meter.metric.kind();
    sampled = meter.isSampled();
    this.tickNs = tickNs;
    this.fromTick = fromTick;
    sliceTicks =
        threshold.isWindowed()
            ? Math.max(1, (ticks(threshold.overNs()) - 1) / Window.SLICES + 1)
            : ticks(sampled ? SAMPLE_NS : CHECK_NS);
    armedTick = fromTick + ticks(threshold.delayNs());
  }

  private long ticks(final long ns) {
    return ns <= 0 ? 0 : (ns - 1) / tickNs + 1;
  }

  /** Whether it is looked at while the run goes on. */
  boolean isWatched() {
    return threshold.isWindowed() || threshold.abortOnFail() || sampled;
  }

  /** The tick in which a slice is over. */
  long endTick(final long slice) {
    return fromTick + (slice + 1) * sliceTicks;
  }

  /** Length of the measured phase up to a time. */
  long measuredNs(final long atNs) {
    return atNs - fromTick * tickNs;
  }

  /**
   * The present slice of a window is over, which the caller lets slide then; false if the run ends
   * for it.
   *
   * @param over whether the load ended in it or before: then nobody can ask how much there is of it
   */
  boolean onSlice(final Window window, final long slice, final boolean over) {
    final boolean holds =
        !window.isFull()
            || (over && grows())
            || judge(window.sum(), Window.SLICES * sliceTicks * tickNs);
    return goesOn(holds, slice);
  }

  private boolean grows() {
    return threshold.expression().aggregation().grows(kind);
  }

  /** The same of all samples so far, which nothing but the end of the run judges for good. */
  boolean onSlice(final Samples total, final long slice) {
    return goesOn(total.isEmpty() || holds(value(total, (slice + 1) * sliceTicks * tickNs)), slice);
  }

  private boolean goesOn(final boolean holds, final long slice) {
    return holds || !threshold.abortOnFail() || endTick(slice) < armedTick;
  }

  /**
   * The run has ended: looks at what has come since the window slid last. What grows with time is
   * left out there, since the rest of a window has less of it, unless the run was shorter than a
   * window.
   *
   * @param endedNs when the load ended
   */
  void onRest(final Window window, final long endedNs) {
    if (!grows() || !window.wasFull()) {
      judge(window.sum(), measuredNs(endedNs));
    }
  }

  private boolean judge(final Samples samples, final long spanNs) {
    if (samples.isEmpty()) {
      return true;
    }
    final double value = value(samples, spanNs);
    note(value);
    final boolean holds = holds(value);
    failed |= !holds;
    return holds;
  }

  private void note(final double value) {
    final Comparison comparison = threshold.expression().comparison();
    if (!judged || comparison.isWorse(value, worst, threshold.expression().bound())) {
      worst = value;
    }
    judged = true;
  }

  boolean holds(final double value) {
    return threshold.expression().holds(value);
  }

  double value(final Samples samples, final long spanNs) {
    final Expression expression = threshold.expression();
    return samples.value(expression.aggregation(), expression.percentile(), spanNs);
  }

  /** Whether a window was judged. */
  boolean isJudged() {
    return judged;
  }

  /** Whether a window did not keep it. */
  boolean isFailed() {
    return failed;
  }

  /** The value of the worst window. */
  double worst() {
    return worst;
  }

  /** Adds what another one of the same threshold found. */
  void add(final ThresholdJudge other) {
    if (other.judged) {
      note(other.worst);
    }
    failed |= other.failed;
  }
}
