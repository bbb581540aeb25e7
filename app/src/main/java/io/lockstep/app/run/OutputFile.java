package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that the user wants written when a run is over: checked before it starts, and, if it is a
 * regular one, whole or not there.
 */
final class OutputFile {
  private final String option;
  private final Path path;
  private final Path directory;

  private OutputFile(final String option, final Path path) {
    this.option = option;
    this.path = path;
    this.directory = path.toAbsolutePath().getParent();
  }

  /**
   * Makes sure, as far as can be told now, that the file can be written later.
   *
   * @throws CommandException if it cannot.
   */
  static OutputFile prepare(final String option, final Path path) {
    final OutputFile file = new OutputFile(option, path);
    if (Files.isDirectory(path)) {
      throw CommandException.usage(option + " " + path + " is a directory; name a file in it");
    }
    if (file.directory == null || !Files.isDirectory(file.directory)) {
      throw CommandException.usage(
          option + " " + path + ": there is no directory " + file.directory + "; create it first");
    }
    final boolean inPlace =
        Files.exists(path) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    if ((!inPlace && !Files.isWritable(file.directory))
        || (Files.exists(path) && !Files.isWritable(path))) {
      throw CommandException.usage(option + " " + path + ": no permission to write there");
    }
    return file;
  }

  /**
   * Writes all of it. A regular file is replaced at once or left as it was; whatever else bears the
   * name, such as a link, a pipe or a device, is written into.
   *
   * @throws CommandException if that fails.
   */
  void write(final String text) {
    try {
      final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
          && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.write(path, bytes);
      } else {
        replace(bytes);
      }
    } catch (final IOException e) {
      throw CommandException.failed(option + " " + path + " cannot be written: " + reason(e), e);
    }
  }

  private void replace(final byte[] bytes) throws IOException {
    // Not createTempFile: its files are for their owner's eyes only, whatever the umask says.
    final Path part =
        directory.resolve("." + path.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      Files.write(part, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      move(part);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void move(final Path part) throws IOException {
    try {
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (final AtomicMoveNotSupportedException e) {
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(final IOException e) {
    if (e instanceof FileSystemException failed) {
      return failed.getReason() == null ? e.getClass().getSimpleName() : failed.getReason();
    }
    return e.getMessage();
  }
}
