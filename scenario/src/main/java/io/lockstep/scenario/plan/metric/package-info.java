/**
 * What a run measures, by name: the metrics with their kinds and units, and what a plan asks of
 * them. Knows how to name a measure and how to compare one, not how to take one: that is the
 * engine's.
 */
package io.lockstep.scenario.plan.metric;
