package io.lockstep.replay.summary;

import java.math.BigDecimal;
import java.util.List;

/**
 * All requests together, and the iterations.
 *
 * @param issued requests
 * @param rate issued per second of the run, three decimals
 * @param responses complete ones, whatever their status
 * @param errors failures and statuses of 400 or above
 * @param failures by kind, in the order of their codes; only those that were
 * @param badStatuses statuses of 400 or above, ascending; only those that were
 * @param bytesSent of requests
 * @param bytesReceived of responses
 * @param iterationsCompleted that went to their end
 * @param iterationsInterrupted that the end of the run cut off
 * @param iterationsFailed in which an expression came to no value
 * @param iterationFailures which and why, the most frequent first
 * @param arrivalsOwed by open schedules; always started plus dropped
 * @param arrivalsStarted that found a free VU
 * @param arrivalsDropped that found none
 * @param lateCompletions that came after the request had been given up
 * @param meetingTimeouts how often a VU went on alone from a rendezvous, warm-ups included
 * @param connects connections opened
 * @param maxActiveVus most VUs in an iteration at once; over shards an upper bound
 * @param lateness send minus intended start
 */
public record Totals(
    long issued,
    BigDecimal rate,
    long responses,
    long errors,
    List<Counted> failures,
    List<Counted> badStatuses,
    long bytesSent,
    long bytesReceived,
    long iterationsCompleted,
    long iterationsInterrupted,
    long iterationsFailed,
    List<Counted> iterationFailures,
    long arrivalsOwed,
    long arrivalsStarted,
    long arrivalsDropped,
    long lateCompletions,
    long meetingTimeouts,
    long connects,
    long maxActiveVus,
    Quantiles lateness) {
  public Totals {
    failures = List.copyOf(failures);
    iterationFailures = List.copyOf(iterationFailures);
    badStatuses = List.copyOf(badStatuses);
  }

  /** Requests under way when the run ended: neither responses nor errors. */
  public long cutOff() {
    return issued - responses - failures.stream().mapToLong(Counted::count).sum();
  }
}
