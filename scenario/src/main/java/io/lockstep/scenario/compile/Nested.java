package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.Step;
import java.util.List;
import java.util.Optional;

/** Compiles the steps within a step. */
@FunctionalInterface
interface Nested {
  /** Adds them, one after the other. */
  void compile(List<Step> steps, Place place);

  /** Adds those under a key of the step. */
  default void compile(
      final List<Step> steps, final Place place, final String key, final Optional<String> id) {
    compile(steps, place.at(place.path().next(key, id)));
  }
}
