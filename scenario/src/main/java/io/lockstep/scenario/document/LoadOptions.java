package io.lockstep.scenario.document;

import java.util.List;
import java.util.Optional;

/**
 * What the user says of a scenario besides its file.
 *
 * @param environment the block of {@code env} to lay over the file
 * @param assignments {@code path=value}, of which a later one wins
 */
public record LoadOptions(Optional<String> environment, List<String> assignments) {
  /** The file alone. */
  public static final LoadOptions NONE = new LoadOptions(Optional.empty(), List.of());

  public LoadOptions {
    assignments = List.copyOf(assignments);
  }
}
