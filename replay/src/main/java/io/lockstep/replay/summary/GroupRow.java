package io.lockstep.replay.summary;

/**
 * A group of steps.
 *
 * @param name its scenario's and its own where the plan has several scenarios
 * @param duration from its start to its end
 */
public record GroupRow(String name, Quantiles duration) {}
