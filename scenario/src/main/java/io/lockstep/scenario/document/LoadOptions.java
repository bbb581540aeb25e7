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
 * @param fileDigests tells the digest of a certificate file by its path, where that is known and
 *     the file need not be there
 * @param opensKeys whether files with private keys are looked at: only what goes over a wire needs
 *     them
 */
public record LoadOptions(
    Optional<String> environment,
    List<String> assignments,
    Function<String, Optional<String>> variables,
    Function<String, Optional<String>> fileDigests,
    boolean opensKeys) {
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
        path -> Optional.empty(),
        true);
  }

  /** The same where nothing goes over a wire. */
  public LoadOptions withoutKeys() {
    return new LoadOptions(environment, assignments, variables, fileDigests, false);
  }
}
