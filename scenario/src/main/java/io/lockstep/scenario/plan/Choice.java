package io.lockstep.scenario.plan;

/**
 * A weighted choice between places in the program.
 *
 * @param site key of the random stream that it draws from
 * @param weights positive, one per target; their sum fits a long
 * @param targets program counters
 */
public record Choice(long site, LongArray weights, LongArray targets) {}
