package io.lockstep.engine.core.metric;

import org.HdrHistogram.Histogram;

/** All that a shard's events add up to (contract stub: accessors are final, fields are filled by the machine). */
public final class MetricsTracker {
  private final RequestMetrics[] requests;
  private final Histogram lateness = new Histogram(RequestMetrics.HIGHEST_NS, RequestMetrics.DIGITS);
  private final TimeSeries series = new TimeSeries();

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

  /** Iterations that the open schedules owed so far; always {@code startedArrivals + droppedArrivals}. */
  public long owedArrivals() {
    return 0;
  }

  /** Arrivals that found a free VU. */
  public long startedArrivals() {
    return 0;
  }

  /** Arrivals that found none. */
  public long droppedArrivals() {
    return 0;
  }

  /** Iterations that went to their end. */
  public long completedIterations() {
    return 0;
  }

  /** Iterations that the end of the run cut off. */
  public long interruptedIterations() {
    return 0;
  }

  /** Completions that came after the machine had given the request up. */
  public long lateCompletions() {
    return 0;
  }

  /** Requests that opened a connection of their own. */
  public long connects() {
    return 0;
  }

  /** Most VUs that were in an iteration at once; over shards the sum, so an upper bound. */
  public long maxActiveVus() {
    return 0;
  }

  /** Nanoseconds from run start to the last event. */
  public long endedNs() {
    return 0;
  }

  /** The generator's own use; {@code null} until sampled. */
  public io.lockstep.engine.core.machine.Resources resources() {
    return null;
  }

  /** Adds another shard's. */
  public void add(final MetricsTracker other) {}
}
