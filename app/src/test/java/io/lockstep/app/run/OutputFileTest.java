package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.console.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFileTest {
  @TempDir private Path directory;

  @Test
  void shouldReplaceAFileAndLeaveNothingElse() throws IOException {
    final Path path = directory.resolve("summary.json");
    Files.writeString(path, "before");
    final OutputFile file = OutputFile.prepare("--json", path);
    assertEquals("before", Files.readString(path), "preparing touches nothing");
    file.write("after\n");
    assertEquals("after\n", Files.readString(path));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void shouldRefuseADirectory() {
    assertRefused(directory, "is a directory");
  }

  @Test
  void shouldRefuseAFileInADirectoryThatIsNotThere() {
    assertRefused(directory.resolve("no").resolve("summary.json"), "create it first");
  }

  private static void assertRefused(final Path path, final String message) {
    final CommandException e =
        assertThrows(CommandException.class, () -> OutputFile.prepare("--json", path));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.getMessage().contains(path.toString()), e.getMessage());
    assertEquals(2, e.exitCode().code());
  }
}
