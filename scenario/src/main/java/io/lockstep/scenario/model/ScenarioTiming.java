package io.lockstep.scenario.model;

import java.util.Optional;

/**
 * When a scenario runs and what slows it down.
 *
 * @param startNs from the start of the run, or from the end of {@code after}
 * @param after the scenario after whose planned end this one starts, if any
 * @param warmupNs from its start: measured, but no part of the results
 * @param pacingNs from the start of an iteration of a VU to that of its next at least; 0 for none
 * @param throttle limit on its requests, if any
 */
public record ScenarioTiming(
    long startNs,
    Optional<String> after,
    long warmupNs,
    long pacingNs,
    Optional<Throttle> throttle) {
  /** At once, measured from the start, without pacing or throttle. */
  public static final ScenarioTiming PLAIN =
      new ScenarioTiming(0, Optional.empty(), 0, 0, Optional.empty());

  /** At most so many requests a second, and {@code burst} at once after a pause. */
  public record Throttle(long requestsPerSecond, long burst) {}
}
