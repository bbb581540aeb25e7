package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.plan.metric.Threshold;

/**
 * Watches one threshold in one shard. One over all samples is judged at the end, from those of all
 * shards together; with {@code abort_on_fail} it is also looked at each second. One with a window
 * is judged whenever the window slides, on the shard's own samples: where those are counted, its
 * share of the load stands for all of it.
 */
final class ThresholdTracker {
  private static final long CHECK_NS = 1_000_000_000L;

  final Threshold threshold;
  private final Meter meter;

  /** {@code null} where there is none. */
  private final Window window;

  private final int shards;
  private final long tickNs;
  private final MeasuredPhase measured;
  private final long intervalTicks;

  /** First tick of the measured phase of the scenarios that it is about. */
  private long fromTick;

  private long armedTick;
  private long nextTick;
  private boolean judged;
  private boolean failed;
  private boolean aborted;
  private double worst;

  ThresholdTracker(
      final Threshold threshold,
      final Meter meter,
      final int shards,
      final long tickNs,
      final MeasuredPhase measured) {
    this.threshold = threshold;
    this.meter = meter;
    this.shards = shards;
    this.tickNs = tickNs;
    this.measured = measured;
    final boolean quantile = threshold.expression().aggregation().isQuantile();
    window = threshold.isWindowed() ? meter.addWindow(quantile, ticks(threshold.overNs())) : null;
    intervalTicks = window == null ? ticks(CHECK_NS) : window.sliceTicks();
    count(measured.firstTick(meter.scenarios));
  }

  private void count(final long tick) {
    fromTick = tick;
    armedTick = fromTick + ticks(threshold.delayNs());
    nextTick =
        window == null && !threshold.abortOnFail() ? Transport.NULL_TICK : fromTick + intervalTicks;
  }

  /**
   * A scenario starts. Where it is the first of those that this is about, what was judged until now
   * was the time before, in which nothing could happen.
   */
  void onScenarioStarted() {
    final long tick = measured.firstTick(meter.scenarios);
    if (tick > fromTick) {
      count(tick);
      judged = false;
      failed = false;
      if (window != null) {
        window.reset();
      }
    }
  }

  private long ticks(final long ns) {
    return ns <= 0 ? 0 : (ns - 1) / tickNs + 1;
  }

  /** When it wants to be looked at next. */
  long nextTick() {
    return nextTick;
  }

  /** Looks at it in a tick that is due; false if it ends the run. */
  boolean check(final long tick) {
    nextTick += intervalTicks;
    boolean holds = true;
    if (window == null) {
      holds = meter.total.isEmpty() || holds(value(meter.total, (tick - fromTick) * tickNs));
    } else {
      if (window.isFull()) {
        holds = judge(window.sum(), window.slices() * intervalTicks * tickNs);
      }
      window.slide();
    }
    aborted = !holds && threshold.abortOnFail() && tick >= armedTick;
    return !aborted;
  }

  /**
   * The run has ended: looks at what has come since the window slid last. What grows with time is
   * left out there, since the rest of a window has less of it, unless the run was shorter than a
   * window.
   */
  void conclude(final long endedNs) {
    if (window == null) {
      return;
    }
    final boolean grows = threshold.expression().aggregation().grows(meter.metric.kind());
    if (!grows || !window.wasFull()) {
      judge(window.sum(), endedNs - fromTick * tickNs);
    }
  }

  private boolean judge(final Samples samples, final long spanNs) {
    if (samples.isEmpty()) {
      return true;
    }
    final double value = value(samples, spanNs);
    final boolean holds = holds(value);
    final double bound = threshold.expression().bound();
    if (!judged || threshold.expression().comparison().isWorse(value, worst, bound)) {
      worst = value;
    }
    judged = true;
    failed |= !holds;
    return holds;
  }

  private boolean holds(final double value) {
    return threshold.expression().holds(value);
  }

  /** What the samples add up to, as if all shards had as many. */
  private double value(final Samples samples, final long spanNs) {
    final Aggregation aggregation = threshold.expression().aggregation();
    final double value = samples.value(aggregation, threshold.expression().percentile(), spanNs);
    final boolean share =
        aggregation.grows(meter.metric.kind()) || meter.metric.kind() == MetricKind.GAUGE;
    return share ? value * shards : value;
  }

  /** Adds another shard's judgements. */
  void add(final ThresholdTracker other) {
    final double bound = threshold.expression().bound();
    if (other.judged
        && (!judged || threshold.expression().comparison().isWorse(other.worst, worst, bound))) {
      worst = other.worst;
    }
    judged |= other.judged;
    failed |= other.failed;
    aborted |= other.aborted;
  }

  /** What came of it, once all shards are added. */
  ThresholdResult result(final long endedNs) {
    if (window != null) {
      return new ThresholdResult(
          threshold, meter.metric, judged && !failed && !aborted, judged, worst, aborted);
    }
    if (meter.total.isEmpty()) {
      return new ThresholdResult(threshold, meter.metric, false, false, 0, aborted);
    }
    final double value =
        meter.total.value(
            threshold.expression().aggregation(),
            threshold.expression().percentile(),
            endedNs - measured.firstNs(meter.scenarios));
    return new ThresholdResult(
        threshold, meter.metric, holds(value) && !aborted, true, value, aborted);
  }
}
