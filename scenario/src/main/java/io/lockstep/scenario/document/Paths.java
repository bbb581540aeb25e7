package io.lockstep.scenario.document;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths of files that a scenario names, from the folder of its main file, with slashes. */
public final class Paths {
  private Paths() {}

  /**
   * The path that a text in a file of {@code folder} means; empty where it can mean none.
   *
   * @param folder of the file, relative to that of the main file; empty for the same
   */
  public static Optional<String> resolve(final String folder, final String text) {
    try {
      final Path path = Path.of(folder).resolve(Path.of(text)).normalize();
      return path.toString().isEmpty() ? Optional.empty() : Optional.of(slashed(path));
    } catch (final InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The folder of a path; empty for that of the main file. */
  static String folderOf(final String path) {
    final Path folder = Path.of(path).getParent();
    return folder == null ? "" : slashed(folder);
  }

  /** The last name of a file that may not be one at all. */
  public static String nameOf(final String file) {
    try {
      final Path name = Path.of(file).getFileName();
      return name == null ? file : name.toString();
    } catch (final InvalidPathException e) {
      return file;
    }
  }

  private static String slashed(final Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }
}
