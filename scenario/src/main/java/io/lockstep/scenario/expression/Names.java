package io.lockstep.scenario.expression;

import io.lockstep.scenario.plan.expression.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What names mean where an expression stands. The defaults know nothing, so that an implementation
 * has only what there is in its place.
 */
public interface Names {
  /** Nothing has this name. */
  int NONE = -1;

  /** Slot of a variable, or {@link #NONE}. */
  default int variable(final String name) {
    return NONE;
  }

  /** Kinds that a variable may have, whenever it is looked at. */
  default int kinds(final String variable) {
    return Kind.ANY;
  }

  /** Variables that are known here. */
  default Collection<String> variables() {
    return List.of();
  }

  /** Value of a constant: Boolean, Long, Double or String. */
  default Optional<Object> constant(final String name) {
    return Optional.empty();
  }

  /** Constants that are known here. */
  default Collection<String> constants() {
    return List.of();
  }

  /** Index of a feeder, or {@link #NONE}. */
  default int feeder(final String name) {
    return NONE;
  }

  /** Feeders that are known here. */
  default Collection<String> feeders() {
    return List.of();
  }

  /** Index of a column of a feeder, or {@link #NONE}. */
  default int column(final int feeder, final String name) {
    return NONE;
  }

  /** Columns of a feeder. */
  default Collection<String> columns(final int feeder) {
    return List.of();
  }

  /** Index of a secret, or {@link #NONE}. */
  default int secret(final String name) {
    return NONE;
  }

  /** Secrets that are known here. */
  default Collection<String> secrets() {
    return List.of();
  }

  /** Whether a setup has been before what stands here. */
  default boolean hasSetup() {
    return false;
  }

  /** Names of the values that the setup has left, by index. */
  default List<String> setupValues() {
    return List.of();
  }

  /** An environment variable as it was when the file was loaded. */
  default Optional<String> environment(final String name) {
    return Optional.empty();
  }

  /** Names of the environment variables that there were then. */
  default Collection<String> environmentNames() {
    return List.of();
  }

  /** Number of a counter, which there is from its first use on. */
  int counter(String name);

  /** Number under which a header of the last response is asked for. */
  int header(String name);

  /** What is wrong with a JSONPath, if anything, as a clause after it. */
  default Optional<String> jsonFault(final String path) {
    return Optional.empty();
  }

  /** Number under which what a JSONPath finds in the last response is asked for. */
  int json(String path);
}
