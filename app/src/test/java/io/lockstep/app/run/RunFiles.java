package io.lockstep.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files of runs in tests. */
final class RunFiles {
  private RunFiles() {}

  /** Deletes a directory with all that is in it, if it is there. */
  static void delete(final Path directory) throws IOException {
    if (Files.exists(directory)) {
      final List<Path> paths;
      try (Stream<Path> walk = Files.walk(directory)) {
        paths = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (final Path path : paths) {
        Files.delete(path);
      }
    }
  }
}
