package io.lockstep.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares text with a file under {@code src/test/resources/snapshots}. Run the tests with {@code
 * -Dlockstep.snapshots=write} to write the files anew, then read the difference.
 */
public final class Snapshot {
  private static final Path DIRECTORY = Path.of("src", "test", "resources", "snapshots");

  private Snapshot() {}

  /** Fails where the text is not the file's. */
  public static void assertMatches(final String name, final String text) throws IOException {
    final Path file = DIRECTORY.resolve(name);
    if ("write".equals(System.getProperty("lockstep.snapshots"))) {
      Files.createDirectories(DIRECTORY);
      Files.writeString(file, text, StandardCharsets.UTF_8);
    }
    assertEquals(Files.readString(file, StandardCharsets.UTF_8), text, name);
  }
}
