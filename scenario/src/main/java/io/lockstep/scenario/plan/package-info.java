/**
 * The compiled plan: what a run does, as flat immutable data that the machine walks without looking
 * anything up. It knows neither YAML nor how a request travels.
 */
package io.lockstep.scenario.plan;
