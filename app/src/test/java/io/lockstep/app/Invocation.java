package io.lockstep.app;

import io.lockstep.app.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * One use of the command inside the test's process, and all that came of it.
 *
 * @param code exit code
 * @param out what was printed
 * @param err what was said besides
 */
public record Invocation(int code, String out, String err) {
  /** Runs the command with this working directory, no terminal and no environment. */
  public static Invocation of(final Path directory, final String... arguments) {
    return of(directory, Map.of(), false, arguments);
  }

  /** Runs the command, with or without a terminal. */
  public static Invocation of(
      final Path directory,
      final Map<String, String> environment,
      final boolean terminal,
      final String... arguments) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final Console console =
        new Console(stream(out), stream(err), terminal, terminal, environment, directory);
    final int code = Lockstep.execute(console, arguments);
    return new Invocation(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(final ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
