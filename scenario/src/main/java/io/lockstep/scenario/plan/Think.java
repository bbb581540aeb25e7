package io.lockstep.scenario.plan;

/**
 * A pause of a VU.
 *
 * @param site key of the random stream that it draws from
 * @param duration how long
 */
public record Think(long site, Distribution duration) {}
