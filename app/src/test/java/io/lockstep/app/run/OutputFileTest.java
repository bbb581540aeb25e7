package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.app.console.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
  @DisabledOnOs(OS.WINDOWS)
  void shouldWriteThroughALinkAndLeaveItThere() throws IOException {
    final Path real = Files.writeString(directory.resolve("real.json"), "longer than what follows");
    final Path link =
        Files.createSymbolicLink(directory.resolve("link.json"), Path.of("real.json"));
    OutputFile.prepare("--json", link).write("after\n");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("after\n", Files.readString(real));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldWriteIntoAPipeAndLeaveItThere() throws Exception {
    final Path pipe = directory.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    final Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    OutputFile.prepare("--json", pipe).write("through\n");
    assertEquals(
        "through\n", new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertTrue(Files.readAttributes(pipe, BasicFileAttributes.class).isOther());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldGiveAFileThePermissionsOfAnyOther() throws IOException {
    final Path path = directory.resolve("summary.json");
    OutputFile.prepare("--json", path).write("x");
    final Path other = Files.writeString(directory.resolve("other"), "x");
    assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(path));
  }

  @Test
  void shouldNameTheFileThatCannotBeWritten() {
    final Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "this system has no /dev/full");
    final OutputFile file = OutputFile.prepare("--json", full);
    final CommandException e = assertThrows(CommandException.class, () -> file.write("lost"));
    assertTrue(e.getMessage().startsWith("--json /dev/full cannot be written: "), e.getMessage());
    assertEquals(1, e.exitCode().code());
    assertTrue(Files.exists(full), "a device is not to be replaced");
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
