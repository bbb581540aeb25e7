package io.lockstep.scenario.compile;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The variables of the environment that expressions may name. */
@FunctionalInterface
public interface Environment {
  /** The value of a variable, if it is set. */
  Optional<String> get(String name);

  /** The names of those that are set, for who misspells one; empty where nobody can tell. */
  default Collection<String> names() {
    return List.of();
  }
}
