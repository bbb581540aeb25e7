package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.plan.metric.Threshold;

/**
 * Watches one threshold in one shard. One over all samples is judged at the end, from those of all
 * shards together; with {@code abort_on_fail} it is also looked at each second. One with a window
 * is judged whenever the window slides.
 *
 * <p>A shard that is the only one judges by itself. One of several keeps its slices for {@link
 * MergedSlices}, since none sees more than its part of the load.
 */
final class ThresholdTracker {
  private final ThresholdJudge judge;
  private final Meter meter;
  private final int shards;
  private final MeasuredPhase measured;

  /** {@code null} where the samples of single slices are not asked for. */
  private final Window window;

  /** All samples so far. */
  private final Samples seen;

  /** {@code null} in an only shard, and where nothing is looked at before the end. */
  private final SliceLog log;

  /** Of all shards; made with the first that is added. */
  private MergedSlices merged;

  private long slice;
  private boolean aborted;

  ThresholdTracker(
      final Threshold threshold,
      final Meter meter,
      final int shards,
      final long tickNs,
      final MeasuredPhase measured) {
    this.meter = meter;
    this.shards = shards;
    this.measured = measured;
    final boolean quantile = threshold.expression().aggregation().isQuantile();
    judge = new ThresholdJudge(threshold, meter, tickNs, measured.firstTick(meter.scenarios));
    log = judge.isWatched() && shards > 1 ? new SliceLog() : null;
    if (log != null) {
      window = Window.ofOneSlice(meter.metric.kind(), quantile);
    } else if (threshold.isWindowed()) {
      window = new Window(meter.metric.kind(), quantile);
    } else {
      window = null;
    }
    if (window != null && !meter.isSampled()) {
      meter.add(window);
    }
    seen = meter.isSampled() ? new Samples(meter.metric.kind(), false) : meter.total;
  }

  /** When it wants to be looked at next. */
  long nextTick() {
    return judge.isWatched() ? judge.endTick(slice) : Transport.NULL_TICK;
  }

  /** Looks at it in a tick that is due; false if it ends the run. */
  boolean check() {
    boolean goesOn = true;
    if (meter.isSampled()) {
      (window == null ? seen : window.current()).record(meter.active());
    }
    if (log != null) {
      log.add(window.current(), meter.isOver());
    } else if (window == null) {
      goesOn = judge.onSlice(seen, slice);
    } else {
      goesOn = judge.onSlice(window, slice, meter.isOver());
    }
    if (window != null) {
      slide();
    }
    slice++;
    aborted |= !goesOn;
    return goesOn;
  }

  private void slide() {
    if (meter.metric.kind() == MetricKind.GAUGE && !meter.isSampled()) {
      window.slideOn();
    } else {
      window.slide();
    }
  }

  /** It has ended the run, as all shards together found. */
  void abort() {
    aborted = true;
  }

  /** The shard has ended. */
  void conclude(final LoadEnds loadEnds, final long endedNs) {
    if (log != null) {
      log.add(window.current(), meter.isOver());
      log.conclude();
    } else if (window != null) {
      judge.onRest(window, loadEnds.lastNs(meter.scenarios, endedNs));
    }
  }

  /** Whether slices wait to be judged together with other shards'. */
  boolean hasSlices() {
    return log != null && !log.isEmpty();
  }

  /** Takes the slices that another shard has for it; false if one of them ends the run. */
  boolean take(final int shard, final ThresholdTracker other) {
    return other.log == null || merged().take(shard, other.log);
  }

  /** Nothing more is to be taken of a shard. */
  void end(final int shard) {
    if (log != null) {
      merged().end(shard);
    }
  }

  /** How many slices a shard is ahead of the slowest. */
  long lead(final int shard) {
    return log == null ? 0 : merged().lead(shard);
  }

  private MergedSlices merged() {
    if (merged == null) {
      merged = new MergedSlices(judge, meter.metric.kind(), shards);
    }
    return merged;
  }

  /** Adds another shard's, once that has ended. */
  void add(final ThresholdTracker other) {
    if (log == null) {
      judge.add(other.judge);
      if (meter.isSampled()) {
        seen.addShard(other.seen);
      }
    } else {
      merged().add(other.log);
    }
    aborted |= other.aborted;
  }

  /** What came of it, once all shards are added. */
  ThresholdResult result(final LoadEnds loadEnds, final long endedNs) {
    final long loadEndedNs = loadEnds.lastNs(meter.scenarios, endedNs);
    final Threshold threshold = judge.threshold;
    if (log != null) {
      merged().conclude(loadEndedNs);
    }
    if (threshold.isWindowed()) {
      final boolean passed = judge.isJudged() && !judge.isFailed() && !aborted;
      return new ThresholdResult(
          threshold, meter.metric, passed, judge.isJudged(), judge.worst(), aborted);
    }
    final Samples all = log != null && meter.isSampled() ? merged().total() : seen;
    if (all.isEmpty()) {
      return new ThresholdResult(threshold, meter.metric, false, false, 0, aborted);
    }
    final double value = judge.value(all, loadEndedNs - measured.firstNs(meter.scenarios));
    return new ThresholdResult(
        threshold, meter.metric, judge.holds(value) && !aborted, true, value, aborted);
  }
}
