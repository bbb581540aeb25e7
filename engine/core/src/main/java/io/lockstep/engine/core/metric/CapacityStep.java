package io.lockstep.engine.core.metric;

/**
 * A step of a capacity search that has ended.
 *
 * @param scenario index in the plan
 * @param rate arrivals per period of the load
 * @param responses complete responses that came in the step
 * @param slow those of them with a longer response time than allowed
 * @param requests that ended in the step, well or not
 * @param errors failures and statuses of 400 or above
 * @param dropped arrivals that found no free VU
 * @param verdict whether the objective held
 */
public record CapacityStep(
    int scenario,
    long rate,
    long responses,
    long slow,
    long requests,
    long errors,
    long dropped,
    CapacityVerdict verdict) {}
