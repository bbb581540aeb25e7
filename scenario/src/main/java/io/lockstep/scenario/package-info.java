/**
 * What to run: reads a scenario file and compiles it to a {@link io.lockstep.scenario.plan.Plan}.
 */
package io.lockstep.scenario;
