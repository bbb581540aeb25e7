package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * All that a shard's events add up to: a pure function of them, so that a replay gets the same.
 * Written by the shard's machine alone, without locks; read by others once the run is over.
 *
 * <p>What begins in a scenario's warm-up is in the counts of the whole run and in {@link
 * #warmUp()}, and in nothing else: neither in the figures of requests, checks and groups nor in
 * thresholds.
 */
public final class MetricsTracker {
  private final RequestMetrics[] requests;
  private final CheckMetrics[] checks;
  private final Histogram[] groups;

  /** Indices in the plan. */
  private final int[] scenarioOfRequest;

  private final MeasuredPhase measured;
  private final WarmUp warmUp = new WarmUp();

  /** {@code null} where the plan has no thresholds: then nothing is paid for them. */
  private final Meters meters;

  private final ThresholdTrackers thresholds;
  private final Histogram lateness = RequestMetrics.histogram();
  private final TimeSeries series = new TimeSeries();
  private LiveTimes liveTimes = LiveTimes.NONE;
  private long startedArrivals;
  private long droppedArrivals;
  private long completedIterations;
  private long interruptedIterations;
  private long lateCompletions;
  private long connects;
  private long issued;
  private long responses;
  private long errors;
  private long activeVus;
  private long maxActiveVus;
  private long endedNs;
  private Resources resources;
  private final List<CapacityStep> capacitySteps = new ArrayList<>();

  /** Of requests alone: no warm-up, no thresholds. */
  public MetricsTracker(final int requestCount) {
    this(new int[requestCount], 0, 0, new MeasuredPhase(), null, null);
  }

  /**
   * Of one of the shards of a plan, or of all of them together.
   *
   * @param shards how many share the plan
   */
  public MetricsTracker(final Plan plan, final int shards) {
    this(plan, shards, new MeasuredPhase(plan));
  }

  private MetricsTracker(final Plan plan, final int shards, final MeasuredPhase measured) {
    this(plan, shards, measured, plan.measures().thresholds().isEmpty() ? null : new Meters(plan));
  }

  private MetricsTracker(
      final Plan plan, final int shards, final MeasuredPhase measured, final Meters meters) {
    this(
        plan.requests().stream().mapToInt(RequestPlan::scenario).toArray(),
        plan.measures().checks().size(),
        plan.measures().groups().size(),
        measured,
        meters,
        meters == null ? null : new ThresholdTrackers(plan, meters, shards, measured.firstTick()));
  }

  private MetricsTracker(
      final int[] scenarioOfRequest,
      final int checkCount,
      final int groupCount,
      final MeasuredPhase measured,
      final Meters meters,
      final ThresholdTrackers thresholds) {
    this.scenarioOfRequest = scenarioOfRequest;
    this.measured = measured;
    this.meters = meters;
    this.thresholds = thresholds;
    requests = new RequestMetrics[scenarioOfRequest.length];
    for (int i = 0; i < requests.length; i++) {
      requests[i] = new RequestMetrics();
    }
    checks =
        IntStream.range(0, checkCount)
            .mapToObj(i -> new CheckMetrics())
            .toArray(CheckMetrics[]::new);
    groups =
        IntStream.range(0, groupCount)
            .mapToObj(i -> RequestMetrics.histogram())
            .toArray(Histogram[]::new);
  }

  public int requestCount() {
    return requests.length;
  }

  /** By index in the plan. */
  public RequestMetrics request(final int index) {
    return requests[index];
  }

  public int checkCount() {
    return checks.length;
  }

  /** By index in the plan. */
  public CheckMetrics check(final int index) {
    return checks[index];
  }

  public int groupCount() {
    return groups.length;
  }

  /** Times of a group from start to end, nanoseconds; by index in the plan. */
  public Histogram group(final int index) {
    return groups[index];
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
    return thresholds == null ? List.of() : thresholds.results(measuredNs());
  }

  /** The earliest tick in which {@link #checkThresholds} has something to do. */
  public long nextCheckTick() {
    return thresholds == null ? Transport.NULL_TICK : thresholds.nextTick();
  }

  /**
   * Looks at the thresholds that are due in a tick; allocates nothing.
   *
   * @return the index of the first that ends the run, or -1
   */
  public int checkThresholds(final long tick) {
    return thresholds.check(tick);
  }

  /** Send minus intended start, of all that were sent, nanoseconds. */
  public Histogram lateness() {
    return lateness;
  }

  /** Per second. */
  public TimeSeries series() {
    return series;
  }

  /** Steps of capacity searches that have ended, in order. */
  public List<CapacityStep> capacitySteps() {
    return List.copyOf(capacitySteps);
  }

  /** Arrivals that the open schedules, and iterations that shared ones, owed so far. */
  public long owedArrivals() {
    return startedArrivals + droppedArrivals;
  }

  /** Arrivals that found a free VU. */
  public long startedArrivals() {
    return startedArrivals;
  }

  /** Arrivals that found none. */
  public long droppedArrivals() {
    return droppedArrivals;
  }

  /** Iterations that went to their end. */
  public long completedIterations() {
    return completedIterations;
  }

  /** Iterations that the end of the run cut off. */
  public long interruptedIterations() {
    return interruptedIterations;
  }

  /** Completions that came after the machine had given the request up. */
  public long lateCompletions() {
    return lateCompletions;
  }

  /** Requests that opened a connection of their own. */
  public long connects() {
    return connects;
  }

  public long issued() {
    return issued;
  }

  public long responses() {
    return responses;
  }

  /** Failures and statuses of 400 or above. */
  public long errors() {
    return errors;
  }

  /** VUs in an iteration now. */
  public long activeVus() {
    return activeVus;
  }

  /** Most VUs that were in an iteration at once; over shards the sum, so an upper bound. */
  public long maxActiveVus() {
    return maxActiveVus;
  }

  /** Nanoseconds from run start to the last event. */
  public long endedNs() {
    return endedNs;
  }

  /** The generator's own use; {@code null} until sampled. */
  public Resources resources() {
    return resources;
  }

  /** Also gives the times of each response to a live view. */
  public void watch(final LiveTimes watcher) {
    liveTimes = watcher;
  }

  /** A scenario that does not start with the run starts; its warm-up counts from here. */
  public void onScenarioStarted(final int scenario, final long tick) {
    measured.started(scenario, tick);
  }

  public void onIssued(final int request, final long intendedNs) {
    issued++;
    series.recordIssued(intendedNs);
    if (isWarmUp(request, intendedNs)) {
      warmUp.issued++;
    } else {
      requests[request].issued++;
    }
  }

  /** A completion of a request that was under way. */
  public void onCompleted(final int request, final Completion completion, final long intendedNs) {
    final boolean complete = completion.outcome == RequestOutcome.RESPONSE;
    final boolean error = !complete || completion.status >= RequestMetrics.BAD_STATUS;
    responses += complete ? 1 : 0;
    errors += error ? 1 : 0;
    series.recordEnd(completion.lastByteNs, complete, error);
    if (complete) {
      liveTimes.onResponse(
          completion.lastByteNs - completion.sentNs, completion.lastByteNs - intendedNs);
    }
    if (isWarmUp(request, intendedNs)) {
      warmUp.responses += complete ? 1 : 0;
      warmUp.errors += error ? 1 : 0;
    } else {
      measure(request, completion, intendedNs);
      if (meters != null) {
        meters.onCompleted(request, completion, error, intendedNs);
      }
    }
  }

  private void measure(final int request, final Completion completion, final long intendedNs) {
    final RequestMetrics metrics = requests[request];
    metrics.outcomes[completion.outcome.code()]++;
    metrics.bytesSent += completion.bytesSent;
    metrics.bytesReceived += completion.bytesReceived;
    connects += completion.connectNs > 0 ? 1 : 0;
    if (completion.sentNs != Completion.NULL_TIME) {
      record(lateness, completion.sentNs - intendedNs);
    }
    if (completion.outcome == RequestOutcome.RESPONSE) {
      metrics.statuses[completion.status]++;
      record(metrics.service, completion.lastByteNs - completion.sentNs);
      record(metrics.response, completion.lastByteNs - intendedNs);
    }
  }

  /** A request that the end of the run cut off: neither a response nor an error of the target. */
  public void onInterrupted(final int request, final long intendedNs) {
    if (!isWarmUp(request, intendedNs)) {
      requests[request].outcomes[RequestOutcome.INTERRUPTED.code()]++;
    }
  }

  /** A completion that came after the machine had given the request up. */
  public void onLateCompletion() {
    lateCompletions++;
  }

  public void onArrivalStarted(final int scenario, final long atNs) {
    startedArrivals++;
    warmUp.startedArrivals += measured.isWarmUp(scenario, atNs) ? 1 : 0;
  }

  public void onArrivalDropped(final int scenario, final long atNs) {
    droppedArrivals++;
    if (measured.isWarmUp(scenario, atNs)) {
      warmUp.droppedArrivals++;
    } else if (meters != null) {
      meters.onArrivalDropped(scenario);
    }
  }

  /** So many iterations of a shared number that the end of its time cut off before their start. */
  public void onIterationsDropped(final long count) {
    droppedArrivals += count;
  }

  public void onCapacityStep(final CapacityStep step) {
    capacitySteps.add(step);
  }

  public void onIterationStarted(final int scenario, final long atNs) {
    activeVus++;
    maxActiveVus = Math.max(maxActiveVus, activeVus);
    series.recordActive(atNs, activeVus);
    if (meters != null) {
      meters.onActive(scenario, 1, !measured.isWarmUp(scenario, atNs));
    }
  }

  public void onIterationEnded(
      final int scenario, final boolean complete, final long startedNs, final long atNs) {
    activeVus--;
    series.recordActive(atNs, activeVus);
    final boolean warm = measured.isWarmUp(scenario, startedNs);
    if (complete) {
      completedIterations++;
      warmUp.completedIterations += warm ? 1 : 0;
    } else {
      interruptedIterations++;
      warmUp.interruptedIterations += warm ? 1 : 0;
    }
    if (meters != null) {
      meters.onActive(scenario, -1, !measured.isWarmUp(scenario, atNs));
      if (complete && !warm) {
        meters.onIterationCompleted(scenario, atNs - startedNs);
      }
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
    if (passed) {
      checks[check].passed++;
    } else {
      checks[check].failed++;
    }
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
      record(groups[group], endedAtNs - startedNs);
      if (meters != null) {
        meters.onGroup(group, endedAtNs - startedNs);
      }
    }
  }

  /**
   * A sample of a metric that the plan declares: more of a counter, a gauge's new value, 0 for
   * false and anything else for true, or a sample of a trend, which is not below 0. Kept where a
   * threshold asks for it.
   *
   * @param custom index in the plan's measures
   */
  public void onCustom(final int custom, final int scenario, final long value, final long atNs) {
    if (meters != null && !measured.isWarmUp(scenario, atNs)) {
      meters.onCustom(custom, scenario, value);
    }
  }

  /** What a request that meant to start then counts in; {@code null} in a warm-up. */
  public RequestMetrics measured(final int request, final long intendedNs) {
    return isWarmUp(request, intendedNs) ? null : requests[request];
  }

  private boolean isWarmUp(final int request, final long intendedNs) {
    return measured.warmsUp() && measured.isWarmUp(scenarioOfRequest[request], intendedNs);
  }

  /** A flow that is no iteration has ended: what a VU does at its start or at its end. */
  public void onFlowEnded(final long atNs) {
    activeVus--;
    series.recordActive(atNs, activeVus);
  }

  public void onResources(final Resources sample) {
    resources = sample;
  }

  public void onEnded(final long atNs) {
    endedNs = atNs;
    if (thresholds != null) {
      thresholds.conclude(atNs);
    }
  }

  /** Adds another shard's. Both must be of the same plan. */
  public void add(final MetricsTracker other) {
    for (int i = 0; i < checks.length; i++) {
      checks[i].add(other.checks[i]);
    }
    for (int i = 0; i < groups.length; i++) {
      groups[i].add(other.groups[i]);
    }
    measured.add(other.measured);
    warmUp.add(other.warmUp);
    if (meters != null) {
      meters.add(other.meters);
      thresholds.add(other.thresholds);
    }
    for (int i = 0; i < requests.length; i++) {
      requests[i].add(other.requests[i]);
    }
    lateness.add(other.lateness);
    series.add(other.series);
    capacitySteps.addAll(other.capacitySteps);
    startedArrivals += other.startedArrivals;
    droppedArrivals += other.droppedArrivals;
    completedIterations += other.completedIterations;
    interruptedIterations += other.interruptedIterations;
    lateCompletions += other.lateCompletions;
    connects += other.connects;
    issued += other.issued;
    responses += other.responses;
    errors += other.errors;
    activeVus += other.activeVus;
    maxActiveVus += other.maxActiveVus;
    endedNs = Math.max(endedNs, other.endedNs);
    if (resources == null) {
      resources = other.resources;
    } else if (other.resources != null) {
      resources = resources.plus(other.resources);
    }
  }

  private static void record(final Histogram histogram, final long valueNs) {
    histogram.recordValue(Math.max(0, Math.min(valueNs, RequestMetrics.HIGHEST_NS)));
  }
}
