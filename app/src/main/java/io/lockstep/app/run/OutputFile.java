package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that the user wants written when a run is over: checked before it starts, whole or not there. */
final class OutputFile {
  private final Path path;
  private final Path directory;

  private OutputFile(final Path path) {
    this.path = path;
    this.directory = path.toAbsolutePath().getParent();
  }

  /**
   * Makes sure, as far as can be told now, that the file can be written later.
   *
   * @throws CommandException if it cannot.
   */
  static OutputFile prepare(final String option, final Path path) {
    final OutputFile file = new OutputFile(path);
    if (Files.isDirectory(path)) {
      throw CommandException.usage(option + " " + path + " is a directory; name a file in it");
    }
    if (file.directory == null || !Files.isDirectory(file.directory)) {
      throw CommandException.usage(
          option + " " + path + ": there is no directory " + file.directory + "; create it first");
    }
    if (!Files.isWritable(file.directory)
        || Files.exists(path) && !Files.isWritable(path)) {
      throw CommandException.usage(option + " " + path + ": no permission to write there");
    }
    return file;
  }

  /** Writes all of it, or leaves what was there. */
  void write(final String text) throws IOException {
    final Path part = Files.createTempFile(directory, "." + path.getFileName(), ".part");
    try {
      Files.writeString(part, text, StandardCharsets.UTF_8);
      move(part);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void move(final Path part) throws IOException {
    try {
      Files.move(
          part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (final AtomicMoveNotSupportedException e) {
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
