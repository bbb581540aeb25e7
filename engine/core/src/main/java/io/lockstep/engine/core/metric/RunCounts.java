package io.lockstep.engine.core.metric;

/**
 * What happened in a whole run, its warm-ups included, but for connects, which are of the measured
 * phase. Written by {@link MetricsTracker} alone.
 */
public final class RunCounts {
  long startedArrivals;
  long droppedArrivals;
  long completedIterations;
  long interruptedIterations;
  long failedIterations;
  long lateCompletions;
  long meetingTimeouts;
  long connects;
  long issued;
  long responses;
  long errors;
  long activeVus;
  long maxActiveVus;

  /** Arrivals that the open schedules owed so far. */
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

  /** Iterations that ended since an expression came to no value. */
  public long failedIterations() {
    return failedIterations;
  }

  /** Completions that came after the machine had given the request up. */
  public long lateCompletions() {
    return lateCompletions;
  }

  /** How often a VU lost its patience at a rendezvous, and went on alone. */
  public long meetingTimeouts() {
    return meetingTimeouts;
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

  /** Failures, statuses that are not expected among them. */
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

  /** Adds another shard's. */
  void add(final RunCounts other) {
    startedArrivals += other.startedArrivals;
    droppedArrivals += other.droppedArrivals;
    completedIterations += other.completedIterations;
    interruptedIterations += other.interruptedIterations;
    failedIterations += other.failedIterations;
    lateCompletions += other.lateCompletions;
    meetingTimeouts += other.meetingTimeouts;
    connects += other.connects;
    issued += other.issued;
    responses += other.responses;
    errors += other.errors;
    activeVus += other.activeVus;
    maxActiveVus += other.maxActiveVus;
  }
}
