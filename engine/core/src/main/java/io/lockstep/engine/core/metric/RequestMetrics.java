package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.BodyFault;
import io.lockstep.engine.core.port.Browser;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.ResponseUse;
import org.HdrHistogram.Histogram;

/**
 * Counts and times of one request name. Times are nanoseconds and cover complete responses only.
 */
public final class RequestMetrics {
  /** Largest time that a histogram holds, one hour; longer ones count as this. */
  static final long HIGHEST_NS = 3_600_000_000_000L;

  /** Significant digits of a time. */
  private static final int DIGITS = 3;

  private static final long[] NOTHING_MISSED = {};

  /** The same where a plan has more than {@link #FEW} requests: an eighth of the memory. */
  private static final int DIGITS_OF_MANY = 2;

  private static final int FEW = 500;

  private final boolean[] bad;
  final Histogram service;
  final Histogram response;
  final long[] outcomes = new long[256];
  final long[] statuses = new long[Failures.STATUSES];
  long issued;
  long bytesSent;
  long bytesReceived;

  /** By {@link Browser.Turn} code. */
  final long[] turns = new long[Browser.Turn.values().length];

  /** By {@link BodyFault} code. */
  private final long[] bodyFaults = new long[BodyFault.values().length];

  long cacheHits;
  long notModified;

  /** By extraction; made with the first. */
  private long[] missed = NOTHING_MISSED;

  /**
   * @param requests how many request names the plan has
   */
  RequestMetrics(final int requests) {
    this(requests, Failures.badByDefault());
  }

  /**
   * @param bad which statuses are failures
   */
  RequestMetrics(final int requests, final boolean[] bad) {
    this.bad = bad;
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

  /** Whether a status is a failure. */
  public boolean isBad(final int status) {
    return bad[status];
  }

  /** Complete responses with a status that is a failure. */
  public long badStatuses() {
    long sum = 0;
    for (int status = 0; status < statuses.length; status++) {
      sum += bad[status] ? statuses[status] : 0;
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

  /** A response led on, or should have. */
  public void onTurn(final Browser.Turn turn) {
    turns[turn.code()]++;
  }

  /** A VU had a fresh answer and sent nothing. */
  public void onCacheHit() {
    cacheHits++;
  }

  /** A VU had an answer, and the target said that it is still good. */
  public void onNotModified() {
    notModified++;
  }

  /** Extractions found nothing: a bit for each. */
  public void onMissed(final long bits) {
    if (missed.length == 0) {
      missed = new long[ResponseUse.MAX_EXTRACTIONS];
    }
    for (long left = bits; left != 0; left &= left - 1) {
      missed[Long.numberOfTrailingZeros(left)]++;
    }
  }

  /** A body that something looked at could not be decoded, or not to its end. */
  public void onBodyFault(final BodyFault fault) {
    bodyFaults[fault.code()]++;
  }

  /** Bodies with this fault that something looked at. */
  public long bodyFaults(final BodyFault fault) {
    return bodyFaults[fault.code()];
  }

  /** Responses that led on so. */
  public long turns(final Browser.Turn turn) {
    return turns[turn.code()];
  }

  /** How often a VU had a fresh answer and sent nothing. */
  public long cacheHits() {
    return cacheHits;
  }

  /** How often the target said that an answer which a VU had is still good. */
  public long notModified() {
    return notModified;
  }

  /** How often an extraction, by its place in the request, found nothing. */
  public long missed(final int extraction) {
    return missed.length == 0 ? 0 : missed[extraction];
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
    for (int i = 0; i < turns.length; i++) {
      turns[i] += other.turns[i];
    }
    for (int i = 0; i < bodyFaults.length; i++) {
      bodyFaults[i] += other.bodyFaults[i];
    }
    cacheHits += other.cacheHits;
    notModified += other.notModified;
    if (other.missed.length > 0) {
      onMissed(0);
      for (int i = 0; i < missed.length; i++) {
        missed[i] += other.missed[i];
      }
    }
    issued += other.issued;
    bytesSent += other.bytesSent;
    bytesReceived += other.bytesReceived;
  }
}
