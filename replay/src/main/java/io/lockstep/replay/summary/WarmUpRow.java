package io.lockstep.replay.summary;

/**
 * What began in warm-ups, and is in no other figure but those over time.
 *
 * @param ns from the start of the run to the first moment that is measured
 * @param issued requests
 * @param responses complete ones, whatever their status
 * @param errors failures and statuses of 400 or above
 * @param iterationsCompleted that went to their end
 * @param iterationsInterrupted that the end of the run cut off
 * @param arrivalsStarted that found a free VU
 * @param arrivalsDropped that found none
 */
public record WarmUpRow(
    long ns,
    long issued,
    long responses,
    long errors,
    long iterationsCompleted,
    long iterationsInterrupted,
    long arrivalsStarted,
    long arrivalsDropped) {}
