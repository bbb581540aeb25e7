package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * All that a shard's events add up to: a pure function of them, so that a replay gets the same.
 * Written by the shard's machine alone, without locks; read by others once the run is over.
 */
public final class MetricsTracker {
  private final RequestMetrics[] requests;
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

  public MetricsTracker(final int requestCount) {
    requests = new RequestMetrics[requestCount];
    for (int i = 0; i < requestCount; i++) {
      requests[i] = new RequestMetrics();
    }
  }

  /** Number of request names. */
  public int requestCount() {
    return requests.length;
  }

  /** By index in the plan. */
  public RequestMetrics request(final int index) {
    return requests[index];
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

  /** Requests issued. */
  public long issued() {
    return issued;
  }

  /** Complete responses. */
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

  public void onIssued(final int request, final long atNs) {
    requests[request].issued++;
    issued++;
    series.recordIssued(atNs);
  }

  /** A completion of a request that was under way. */
  public void onCompleted(final int request, final Completion completion, final long intendedNs) {
    final RequestMetrics metrics = requests[request];
    final boolean complete = completion.outcome == RequestOutcome.RESPONSE;
    final boolean error = !complete || completion.status >= RequestMetrics.BAD_STATUS;
    metrics.outcomes[completion.outcome.code()]++;
    metrics.bytesSent += completion.bytesSent;
    metrics.bytesReceived += completion.bytesReceived;
    connects += completion.connectNs > 0 ? 1 : 0;
    if (completion.sentNs != Completion.NULL_TIME) {
      record(lateness, completion.sentNs - intendedNs);
    }
    if (complete) {
      metrics.statuses[completion.status]++;
      responses++;
      final long serviceNs = completion.lastByteNs - completion.sentNs;
      final long responseNs = completion.lastByteNs - intendedNs;
      record(metrics.service, serviceNs);
      record(metrics.response, responseNs);
      liveTimes.onResponse(serviceNs, responseNs);
    }
    errors += error ? 1 : 0;
    series.recordEnd(completion.lastByteNs, complete, error);
  }

  /** A request that the end of the run cut off: neither a response nor an error of the target. */
  public void onInterrupted(final int request) {
    requests[request].outcomes[RequestOutcome.INTERRUPTED.code()]++;
  }

  /** A completion that came after the machine had given the request up. */
  public void onLateCompletion() {
    lateCompletions++;
  }

  public void onArrivalStarted() {
    startedArrivals++;
  }

  public void onArrivalDropped() {
    droppedArrivals++;
  }

  /** So many iterations of a shared number that the end of its time cut off before their start. */
  public void onIterationsDropped(final long count) {
    droppedArrivals += count;
  }

  public void onCapacityStep(final CapacityStep step) {
    capacitySteps.add(step);
  }

  public void onIterationStarted(final long atNs) {
    activeVus++;
    maxActiveVus = Math.max(maxActiveVus, activeVus);
    series.recordActive(atNs, activeVus);
  }

  public void onIterationEnded(final boolean complete, final long atNs) {
    activeVus--;
    series.recordActive(atNs, activeVus);
    if (complete) {
      completedIterations++;
    } else {
      interruptedIterations++;
    }
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
  }

  /** Adds another shard's. Both must be of the same plan. */
  public void add(final MetricsTracker other) {
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
