package io.lockstep.scenario.model;

import java.util.Optional;

/**
 * What a test does besides its scenarios.
 *
 * @param setup before them, if anything
 * @param teardown after them, if anything
 */
public record Phases(Optional<Phase> setup, Optional<Phase> teardown) {
  /** Nothing. */
  public static final Phases NONE = new Phases(Optional.empty(), Optional.empty());
}
