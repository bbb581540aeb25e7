package io.lockstep.scenario.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Files as they lie around the main one. Only regular files: a pipe could keep a reader waiting.
 *
 * @param folder of the main file
 */
public record FolderFiles(Path folder) implements IncludeFiles {
  /** Files that a main file can name. */
  public static FolderFiles of(final Path main) {
    return new FolderFiles(main.getParent() == null ? Path.of("") : main.getParent());
  }

  @Override
  public byte[] read(final String path, final int most) throws IOException {
    final Path file = folder.resolve(path);
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "it is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(most);
    }
  }

  @Override
  public String displayName(final String path) {
    return folder.resolve(path).toString();
  }
}
