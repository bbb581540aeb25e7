package io.lockstep.scenario.compile;

import io.lockstep.scenario.data.FileFacts;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What lies outside of a scenario: variables that expressions may name, files to be sent. */
@FunctionalInterface
public interface Environment {
  /** The value of a variable, if it is set. */
  Optional<String> get(String name);

  /** The names of those that are set, for who misspells one; empty where nobody can tell. */
  default Collection<String> names() {
    return List.of();
  }

  /** What is known of a file whose bytes are sent, by its path from the main file's folder. */
  default FileFacts file(final String path) throws IOException {
    throw new FileNotFoundException("there are no files here");
  }
}
