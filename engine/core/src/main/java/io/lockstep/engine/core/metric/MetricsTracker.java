package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.metric.CustomMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that a shard's events add up to: a pure function of them, so that a replay gets the same.
 * Written by the shard's machine alone, without locks; read by others once the run is over.
 *
 * <p>What begins in a scenario's warm-up is in the counts of the whole run and in {@link
 * #warmUp()}, and in nothing else: neither in the figures of requests, checks and groups nor in
 * thresholds.
 */
public final class MetricsTracker {
  /** No threshold ends the run. */
  public static final int NO_THRESHOLD = ThresholdTrackers.NONE;

  private final Figures figures;
  private final RunCounts counts = new RunCounts();
  private final Failures failures;

  /** Indices in the plan. */
  private final int[] scenarioOfRequest;

  private final MeasuredPhase measured;
  private final WarmUp warmUp = new WarmUp();
  private final ConnectionMetrics handshaking = new ConnectionMetrics();
  private final ReasonCounts iterationFailures = new ReasonCounts();

  /** {@code null} where the plan has no thresholds: then nothing is paid for them. */
  private final Meters meters;

  private final ThresholdTrackers thresholds;
  private final Endings endings;
  private final LoadEnds loadEnds;
  private final TimeSeries series = new TimeSeries();
  private LiveTimes liveTimes = LiveTimes.NONE;
  private long endedNs;
  private final GeneratorSamples samples = new GeneratorSamples();
  private final List<CapacityStep> capacitySteps = new ArrayList<>();

  /** Of requests alone: no warm-up, no thresholds. */
  public MetricsTracker(final int requestCount) {
    scenarioOfRequest = new int[requestCount];
    failures = new Failures(requestCount);
    figures = new Figures(requestCount, 0, 0);
    measured = new MeasuredPhase();
    loadEnds = new LoadEnds(1);
    meters = null;
    endings = new Endings(0, 1, measured, null);
    thresholds = null;
  }

  /**
   * Of one of the shards of a plan, or of all of them together.
   *
   * @param shards how many share the plan
   */
  public MetricsTracker(final Plan plan, final int shards) {
    this(plan, shards, Figures.of(plan), !plan.measures().thresholds().isEmpty());
  }

  private MetricsTracker(
      final Plan plan, final int shards, final Figures figures, final boolean watched) {
    scenarioOfRequest = plan.requests().stream().mapToInt(RequestPlan::scenario).toArray();
    this.figures = figures;
    failures = new Failures(plan);
    measured = new MeasuredPhase(plan);
    loadEnds = new LoadEnds(plan.scenarios().size());
    meters = watched ? new Meters(plan) : null;
    endings = Endings.of(plan, measured, meters);
    thresholds = watched ? new ThresholdTrackers(plan, meters, shards, measured) : null;
  }

  /** One whose figures nobody will look at: for a preview of a plan. */
  public static MetricsTracker unused(final Plan plan, final int shards) {
    return new MetricsTracker(plan, shards, Figures.unused(plan), false);
  }

  /** What happened, counted. */
  public RunCounts counts() {
    return counts;
  }

  /** Which requests have failed. */
  public Failures failures() {
    return failures;
  }

  /** What was measured of each request, check and group. */
  public Figures figures() {
    return figures;
  }

  /** What ended iterations, VUs and the test before their time. */
  public Endings endings() {
    return endings;
  }

  /** Handshakes, and why requests failed. */
  public ConnectionMetrics handshaking() {
    return handshaking;
  }

  /** Why iterations failed, of the measured phase: how often by reason, in the order they came. */
  public Map<String, Long> iterationFailures() {
    return iterationFailures.byText();
  }

  /** Whether a scenario warms up, so that not all of the run is measured. */
  public boolean warmsUp() {
    return measured.warmsUp();
  }

  /** What began in warm-ups. */
  public WarmUp warmUp() {
    return warmUp;
  }

  /** Length of the measured phase: from the end of the first warm-up that ended. */
  public long measuredNs() {
    return Math.max(0, endedNs - measured.firstNs());
  }

  /** Length of the measured phase of a request's scenario. */
  public long measuredNs(final int request) {
    return Math.max(0, endedNs - measured.fromNs(scenarioOfRequest[request]));
  }

  /** What came of the thresholds, in the plan's order; after the end. */
  public List<ThresholdResult> thresholds() {
    return thresholds == null ? List.of() : thresholds.results(loadEnds, endedNs);
  }

  /** The earliest tick in which {@link #checkThresholds} has something to do. */
  public long nextCheckTick() {
    return thresholds == null ? Transport.NULL_TICK : thresholds.nextTick();
  }

  /**
   * Looks at the thresholds that are due in a tick. An only shard allocates nothing for it; one of
   * several ends no run by itself, but keeps what its samples come to for {@link #take}.
   *
   * @return the index of the first that ends the run, or {@link #NO_THRESHOLD}
   */
  public int checkThresholds(final long tick) {
    return thresholds.check(tick);
  }

  /** Whether there is something for {@link #take}. */
  public boolean hasSlices() {
    return thresholds != null && thresholds.hasSlices();
  }

  /**
   * Judges thresholds over all shards while these run: takes what one of them has kept since the
   * last time. The caller sees to it that neither is in use otherwise.
   *
   * @param shard which
   * @param other its tracker
   * @return the index of the first threshold that ends the run, or {@link #NO_THRESHOLD}
   */
  public int take(final int shard, final MetricsTracker other) {
    return thresholds == null ? NO_THRESHOLD : thresholds.take(shard, other.thresholds);
  }

  /** Nothing more is to be taken of a shard. */
  public void end(final int shard) {
    if (thresholds != null) {
      thresholds.end(shard);
    }
  }

  /**
   * How far a shard is ahead of the slowest, in tenths of the shortest window: so much is kept of
   * it.
   */
  public long lead(final int shard) {
    return thresholds == null ? 0 : thresholds.lead(shard);
  }

  /** All shards together found that a threshold ends the run. */
  public void onAborted(final int threshold) {
    if (thresholds != null) {
      thresholds.abort(threshold);
    }
  }

  /** Per second. */
  public TimeSeries series() {
    return series;
  }

  /** Steps of capacity searches that have ended, in order. */
  public List<CapacityStep> capacitySteps() {
    return List.copyOf(capacitySteps);
  }

  /** The last of them, {@code null} before the first has ended. */
  public CapacityStep lastCapacityStep() {
    return capacitySteps.isEmpty() ? null : capacitySteps.get(capacitySteps.size() - 1);
  }

  /** Nanoseconds from run start to the last event. */
  public long endedNs() {
    return endedNs;
  }

  /** What was sampled of the generator. */
  public GeneratorSamples samples() {
    return samples;
  }

  /** Also gives the times of each response to a live view. */
  public void watch(final LiveTimes watcher) {
    liveTimes = watcher;
  }

  public void onIssued(final int request, final long intendedNs) {
    counts.issued++;
    series.recordIssued(intendedNs);
    if (isWarmUp(request, intendedNs)) {
      warmUp.issued++;
    } else {
      figures.request(request).issued++;
    }
  }

  /** A completion of a request that was under way. */
  public void onCompleted(final int request, final Completion completion, final long intendedNs) {
    final boolean complete = completion.outcome == RequestOutcome.RESPONSE;
    final boolean error = failures.isFailure(request, completion);
    counts.responses += complete ? 1 : 0;
    counts.errors += error ? 1 : 0;
    series.recordEnd(completion.lastByteNs, complete, error);
    if (complete) {
      liveTimes.onResponse(
          completion.lastByteNs - completion.sentNs, completion.lastByteNs - intendedNs);
    }
    if (isWarmUp(request, intendedNs)) {
      warmUp.responses += complete ? 1 : 0;
      warmUp.errors += error ? 1 : 0;
    } else {
      figures.onCompleted(request, completion, intendedNs);
      counts.connects += completion.connectNs > 0 ? 1 : 0;
      handshaking.onCompleted(completion);
      if (meters != null) {
        meters.onCompleted(request, completion, error, intendedNs);
      }
    }
  }

  /** A request that the end of the run cut off: neither a response nor an error of the target. */
  public void onInterrupted(final int request, final long intendedNs) {
    if (!isWarmUp(request, intendedNs)) {
      figures.onInterrupted(request);
    }
  }

  /** A completion that came after the machine had given the request up. */
  public void onLateCompletion() {
    counts.lateCompletions++;
  }

  /** A VU went on alone from a rendezvous. */
  public void onMeetingTimeout() {
    counts.meetingTimeouts++;
  }

  public void onArrivalStarted(final int scenario, final long atNs) {
    counts.startedArrivals++;
    warmUp.startedArrivals += measured.isWarmUp(scenario, atNs) ? 1 : 0;
  }

  public void onArrivalDropped(final int scenario, final long atNs) {
    onIterationsDropped(scenario, 1, atNs);
  }

  /** So many iterations of a shared number that the end of its time cut off before their start. */
  public void onIterationsDropped(final int scenario, final long count, final long atNs) {
    counts.droppedArrivals += count;
    if (measured.isWarmUp(scenario, atNs)) {
      warmUp.droppedArrivals += count;
    } else if (meters != null) {
      meters.onDropped(scenario, count);
    }
  }

  /**
   * A scenario begins nothing more.
   *
   * @param hadWork whether it was stopped before its work was done
   */
  public void onLoadEnded(final int scenario, final boolean hadWork, final long atNs) {
    if (hadWork) {
      loadEnds.onStopped(scenario, atNs);
    }
    if (meters != null) {
      meters.onLoadEnded(scenario);
    }
  }

  public void onCapacityStep(final CapacityStep step) {
    capacitySteps.add(step);
  }

  public void onIterationStarted(final int scenario, final long atNs) {
    counts.activeVus++;
    counts.maxActiveVus = Math.max(counts.maxActiveVus, counts.activeVus);
    series.recordActive(atNs, counts.activeVus);
    if (meters != null) {
      meters.onActive(scenario, 1);
    }
  }

  public void onIterationEnded(
      final int scenario, final boolean complete, final long startedNs, final long atNs) {
    inactive(scenario, atNs);
    loadEnds.onIterationEnded(scenario, atNs);
    final boolean warm = measured.isWarmUp(scenario, startedNs);
    if (complete) {
      counts.completedIterations++;
      warmUp.completedIterations += warm ? 1 : 0;
    } else {
      counts.interruptedIterations++;
      warmUp.interruptedIterations += warm ? 1 : 0;
    }
    if (meters != null && complete && !warm) {
      meters.onIterationCompleted(scenario, atNs - startedNs);
    }
  }

  /** An iteration ended since an expression came to no value. */
  public void onIterationFailed(final int scenario, final long startedNs, final long atNs) {
    inactive(scenario, atNs);
    loadEnds.onIterationEnded(scenario, atNs);
    counts.failedIterations++;
    if (measured.isWarmUp(scenario, startedNs)) {
      warmUp.failedIterations++;
    } else if (meters != null) {
      meters.onIterationFailed(scenario);
    }
  }

  /** Why the iteration that fails next, at the same moment, does so. */
  public void onFailureNoted(final int scenario, final String reason, final long startedNs) {
    if (!measured.isWarmUp(scenario, startedNs)) {
      iterationFailures.add(reason, 1);
    }
  }

  /** Why a request that is made now will not be sent. */
  public void onInvalidRequest(final int request, final String reason, final long atNs) {
    if (!isWarmUp(request, atNs)) {
      handshaking.onInvalidRequest(reason);
    }
  }

  /**
   * A check of a response was made.
   *
   * @param check index in the plan's measures
   * @param request that it belongs to
   * @param intendedNs intended start of that request
   */
  public void onCheck(
      final int check, final int request, final boolean passed, final long intendedNs) {
    if (isWarmUp(request, intendedNs)) {
      return;
    }
    figures.onCheck(check, passed);
    if (meters != null) {
      meters.onCheck(check, passed);
    }
  }

  /**
   * A group went to its end.
   *
   * @param group index in the plan's measures
   * @param scenario that it belongs to
   */
  public void onGroup(
      final int group, final int scenario, final long startedNs, final long endedAtNs) {
    if (!measured.isWarmUp(scenario, startedNs)) {
      figures.onGroup(group, endedAtNs - startedNs);
      if (meters != null) {
        meters.onGroup(group, endedAtNs - startedNs);
      }
    }
  }

  /**
   * A sample of a metric that the plan declares: more of a counter, a gauge's new value, 0 for
   * false and anything else for true, or a sample of a trend, which is not below 0. Of numbers so
   * many times the value as {@link CustomMetric#SCALE} says.
   *
   * @param custom index in the plan's measures
   */
  public void onCustom(final int custom, final int scenario, final long value, final long atNs) {
    if (!measured.isWarmUp(scenario, atNs)) {
      figures.onCustom(custom, value, atNs);
      if (meters != null) {
        meters.onCustom(custom, scenario, value, atNs);
      }
    }
  }

  /** What a request that meant to start then counts in; {@code null} in a warm-up. */
  public RequestMetrics measured(final int request, final long intendedNs) {
    return isWarmUp(request, intendedNs) ? null : figures.request(request);
  }

  private boolean isWarmUp(final int request, final long intendedNs) {
    return measured.warmsUp() && measured.isWarmUp(scenarioOfRequest[request], intendedNs);
  }

  /** A flow that is no iteration has ended: what a VU does at its start or at its end. */
  public void onFlowEnded(final int scenario, final long atNs) {
    inactive(scenario, atNs);
  }

  private void inactive(final int scenario, final long atNs) {
    counts.activeVus--;
    series.recordActive(atNs, counts.activeVus);
    if (meters != null) {
      meters.onActive(scenario, -1);
    }
  }

  public void onEnded(final long atNs) {
    endedNs = atNs;
    if (thresholds != null) {
      thresholds.conclude(loadEnds, atNs);
    }
  }

  /** Adds another shard's. Both must be of the same plan. */
  public void add(final MetricsTracker other) {
    figures.add(other.figures);
    warmUp.add(other.warmUp);
    handshaking.add(other.handshaking);
    iterationFailures.add(other.iterationFailures);
    if (meters != null) {
      meters.add(other.meters);
      thresholds.add(other.thresholds);
    }
    endings.add(other.endings);
    loadEnds.add(other.loadEnds);
    series.add(other.series);
    capacitySteps.addAll(other.capacitySteps);
    counts.add(other.counts);
    endedNs = Math.max(endedNs, other.endedNs);
    samples.add(other.samples);
  }
}
