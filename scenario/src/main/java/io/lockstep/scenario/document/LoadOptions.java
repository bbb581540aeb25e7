package io.lockstep.scenario.document;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the user says of a scenario besides its file.
 *
 * @param environment the block of {@code env} to lay over the file
 * @param assignments {@code path=value}, of which a later one wins
 * @param variables looks up what expressions call {@code env.NAME}
 */
public record LoadOptions(
    Optional<String> environment,
    List<String> assignments,
    Function<String, Optional<String>> variables) {
  /** The file alone. */
  public static final LoadOptions NONE = new LoadOptions(Optional.empty(), List.of());

  public LoadOptions {
    assignments = List.copyOf(assignments);
  }

  /** With the variables of this process's environment. */
  public LoadOptions(final Optional<String> environment, final List<String> assignments) {
    this(environment, assignments, name -> Optional.ofNullable(System.getenv(name)));
  }
}
