package io.lockstep.engine.core.metric;

import io.lockstep.scenario.plan.RequestOutcome;
import org.HdrHistogram.Histogram;

/**
 * Counts and times of one request name. Times are nanoseconds and cover complete responses only.
 */
public final class RequestMetrics {
  /** Largest time that a histogram holds, one hour; longer ones count as this. */
  static final long HIGHEST_NS = 3_600_000_000_000L;

  /** A status from here on counts as an error. */
  public static final int BAD_STATUS = 400;

  /** Significant digits of a time. */
  private static final int DIGITS = 3;

  /** The same where a plan has more than {@link #FEW} requests: an eighth of the memory. */
  private static final int DIGITS_OF_MANY = 2;

  private static final int FEW = 500;

  final Histogram service;
  final Histogram response;
  final long[] outcomes = new long[256];
  final long[] statuses = new long[1000];
  long issued;
  long bytesSent;
  long bytesReceived;

  /**
   * @param requests how many request names the plan has
   */
  RequestMetrics(final int requests) {
    final int digits = requests <= FEW ? DIGITS : DIGITS_OF_MANY;
    service = new Histogram(HIGHEST_NS, digits);
    response = new Histogram(HIGHEST_NS, digits);
  }

  static Histogram histogram() {
    return new Histogram(HIGHEST_NS, DIGITS);
  }

  /** Last byte minus send, of complete responses. */
  public Histogram service() {
    return service;
  }

  /** Last byte minus intended start, of complete responses. */
  public Histogram response() {
    return response;
  }

  /** Requests issued. */
  public long issued() {
    return issued;
  }

  /** Requests that ended so. */
  public long count(final RequestOutcome outcome) {
    return outcomes[outcome.code()];
  }

  /** Complete responses with this status, 100 to 999. */
  public long status(final int status) {
    return statuses[status];
  }

  /** Complete responses with a status of 400 or above. */
  public long badStatuses() {
    long sum = 0;
    for (int status = BAD_STATUS; status < statuses.length; status++) {
      sum += statuses[status];
    }
    return sum;
  }

  /** Requests that ended without a complete response, but for those that the run's end cut off. */
  public long failures() {
    long sum = 0;
    for (final RequestOutcome outcome : RequestOutcome.values()) {
      sum += outcome.isFailure() ? outcomes[outcome.code()] : 0;
    }
    return sum;
  }

  public long bytesSent() {
    return bytesSent;
  }

  public long bytesReceived() {
    return bytesReceived;
  }

  /** Adds another shard's. */
  public void add(final RequestMetrics other) {
    service.add(other.service);
    response.add(other.response);
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] += other.outcomes[i];
    }
    for (int i = 0; i < statuses.length; i++) {
      statuses[i] += other.statuses[i];
    }
    issued += other.issued;
    bytesSent += other.bytesSent;
    bytesReceived += other.bytesReceived;
  }
}
