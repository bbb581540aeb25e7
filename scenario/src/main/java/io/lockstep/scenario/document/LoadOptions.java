package io.lockstep.scenario.document;

import io.lockstep.scenario.data.FileFacts;
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
 * @param fileDigests tells the digest of a certificate file by its path, where that is known and
 *     the file need not be there
 * @param sentFiles tells what is known of a file that requests send by its path, where that is
 *     known and the file need not be there
 * @param opensKeys whether files with private keys are looked at: only what goes over a wire needs
 *     them
 */
public record LoadOptions(
    Optional<String> environment,
    List<String> assignments,
    Function<String, Optional<String>> variables,
    Supplier<Set<String>> variableNames,
    Function<String, Optional<String>> fileDigests,
    Function<String, Optional<FileFacts>> sentFiles,
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
        () -> new TreeSet<>(System.getenv().keySet()),
        path -> Optional.empty(),
        path -> Optional.empty(),
        true);
  }

  /** With variables of which only those are known that are asked for. */
  public LoadOptions(
      final Optional<String> environment,
      final List<String> assignments,
      final Function<String, Optional<String>> variables) {
    this(
        environment,
        assignments,
        variables,
        Set::of,
        path -> Optional.empty(),
        path -> Optional.empty(),
        true);
  }

  /** Of a run that is read back: no file with a key is there, and those of others need not be. */
  public LoadOptions ofRecording(
      final Function<String, Optional<String>> digests,
      final Function<String, Optional<FileFacts>> sent) {
    return new LoadOptions(
        environment, assignments, variables, variableNames, digests, sent, false);
  }

  /** The same where nothing goes over a wire. */
  public LoadOptions withoutKeys() {
    return new LoadOptions(
        environment, assignments, variables, variableNames, fileDigests, sentFiles, false);
  }
}
