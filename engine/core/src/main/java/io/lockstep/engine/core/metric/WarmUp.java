package io.lockstep.engine.core.metric;

/** What began in warm-ups: counted, and no part of any other figure. */
public final class WarmUp {
  long issued;
  long responses;
  long errors;
  long completedIterations;
  long interruptedIterations;
  long failedIterations;
  long startedArrivals;
  long droppedArrivals;

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

  /** Arrivals that found a free VU. */
  public long startedArrivals() {
    return startedArrivals;
  }

  /** Arrivals that found none. */
  public long droppedArrivals() {
    return droppedArrivals;
  }

  void add(final WarmUp other) {
    issued += other.issued;
    responses += other.responses;
    errors += other.errors;
    completedIterations += other.completedIterations;
    interruptedIterations += other.interruptedIterations;
    failedIterations += other.failedIterations;
    startedArrivals += other.startedArrivals;
    droppedArrivals += other.droppedArrivals;
  }
}
