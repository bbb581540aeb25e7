package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.metric.CapacityVerdict;

/**
 * The last step of a capacity search, for a person watching.
 *
 * @param scenario its name
 * @param rate arrivals in each period
 * @param periodNs the period
 * @param verdict what came of it
 */
public record LiveCapacity(String scenario, long rate, long periodNs, CapacityVerdict verdict) {}
