package io.lockstep.scenario.read;

import java.util.List;
import java.util.function.Predicate;

/**
 * A rule over several keys of an object. It is checked wherever these keys are right, whatever is
 * wrong with the others.
 *
 * @param keys that it is about
 * @param check whether it holds; reports where it does not
 */
public record Rule(List<Key<?>> keys, Predicate<Values> check) {
  public Rule {
    keys = List.copyOf(keys);
  }

  /** Whether the values keep the rule, or cannot be held to it yet. */
  boolean holds(final Values values) {
    return !keys.stream().allMatch(values::isSettled) || check.test(values);
  }
}
