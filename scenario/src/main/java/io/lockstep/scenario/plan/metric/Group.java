package io.lockstep.scenario.plan.metric;

/**
 * A group of steps of a plan, as metrics know it.
 *
 * @param name what results call it
 * @param scenario index of its scenario
 */
public record Group(String name, int scenario) {}
