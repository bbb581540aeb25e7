package io.lockstep.scenario.document;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the user says of a scenario besides its file.
 *
 * @param environment the block of {@code env} to lay over the file
 * @param assignments {@code path=value}, of which a later one wins
 * @param variables looks up what expressions call {@code env.NAME}
 * @param variableNames names of all that can be looked up, for who misspells one
 */
public record LoadOptions(
    Optional<String> environment,
    List<String> assignments,
    Function<String, Optional<String>> variables,
    Supplier<Set<String>> variableNames) {
  /** The file alone. */
  public static final LoadOptions NONE = new LoadOptions(Optional.empty(), List.of());

  public LoadOptions {
    assignments = List.copyOf(assignments);
  }

  /** With the variables of this process's environment. */
  public LoadOptions(final Optional<String> environment, final List<String> assignments) {
    this(
        environment,
        assignments,
        name -> Optional.ofNullable(System.getenv(name)),
        () -> new TreeSet<>(System.getenv().keySet()));
  }

  /** With variables of which only those are known that are asked for. */
  public LoadOptions(
      final Optional<String> environment,
      final List<String> assignments,
      final Function<String, Optional<String>> variables) {
    this(environment, assignments, variables, Set::of);
  }
}
