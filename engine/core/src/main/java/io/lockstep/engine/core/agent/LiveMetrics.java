package io.lockstep.engine.core.agent;

/**
 * What a person watching sees: read on another thread, near enough, never part of a result.
 *
 * @param elapsedNs of the run: real in a live run, virtual in a simulated one
 * @param totalNs that the plan is going to take, -1 where iterations decide
 * @param progress 0 to 1, by time or by iterations
 * @param activeVus in an iteration now
 * @param issued requests so far
 * @param responses complete ones so far
 * @param errors failures and statuses of 400 or above so far
 * @param dropped arrivals so far
 * @param serviceP99Ns since the last reading, -1 if nothing came
 * @param responseP99Ns since the last reading, -1 if nothing came
 * @param capacity the last step of a capacity search, {@code null} where none has ended
 */
public record LiveMetrics(
    long elapsedNs,
    long totalNs,
    double progress,
    long activeVus,
    long issued,
    long responses,
    long errors,
    long dropped,
    long serviceP99Ns,
    long responseP99Ns,
    LiveCapacity capacity) {}
