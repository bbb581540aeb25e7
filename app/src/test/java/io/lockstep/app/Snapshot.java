package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that are compared with a file of the source tree. To rewrite the files after a wanted
 * change: {@code ./mvnw -pl app -am test -Dlockstep.snapshots=write}, then look at the diff.
 */
public final class Snapshot {
  private static final Path SNAPSHOTS = Path.of("src", "test", "resources", "snapshots");
  private static final boolean WRITE = "write".equals(System.getProperty("lockstep.snapshots"));

  private Snapshot() {}

  /** Fails unless the text is what the snapshot of this name holds. */
  public static void check(final String name, final String actual) throws IOException {
    checkFile(SNAPSHOTS.resolve(name + ".txt"), actual);
  }

  /** Fails unless the text is what this file holds. */
  public static void checkFile(final Path file, final String actual) throws IOException {
    if (WRITE) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, actual, StandardCharsets.UTF_8);
      return;
    }
    assertTrue(Files.exists(file), () -> "no " + file + "; see Snapshot on how to write it");
    assertEquals(
        Files.readString(file, StandardCharsets.UTF_8),
        actual,
        () -> "differs from " + file + "; see Snapshot on how to rewrite it");
  }
}
