package io.lockstep.scenario.plan.metric;

/**
 * A check of a plan, as metrics know it.
 *
 * @param name what results call it
 * @param request index of the request that it belongs to
 */
public record Check(String name, int request) {}
