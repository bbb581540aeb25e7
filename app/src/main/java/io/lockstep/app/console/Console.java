package io.lockstep.app.console;

import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that a command has of the world outside, so that a test can stand in for it.
 *
 * @param out results
 * @param err progress and messages
 * @param outIsTerminal whether a person reads {@code out}
 * @param errIsTerminal whether a person reads {@code err}
 * @param environment variables by name
 * @param directory that relative paths start from
 */
public record Console(
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment,
    Path directory) {
  public Console {
    environment = Map.copyOf(environment);
  }

  /** The process's own. */
  public static Console system() {
    return new Console(
        StandardStream.stdout(),
        System.err,
        Terminal.isTerminal(Terminal.STDOUT),
        Terminal.isTerminal(Terminal.STDERR),
        System.getenv(),
        Path.of(""));
  }

  /** Whether results may be coloured: on a terminal that can, unless {@code NO_COLOR} says no. */
  public boolean colour() {
    return outIsTerminal && coloursAllowed();
  }

  /** Whether messages may be coloured. */
  public boolean colourOfErr() {
    return errIsTerminal && coloursAllowed();
  }

  /**
   * Whether results may have characters beyond ASCII: on a terminal whose locale is one of UTF-8.
   */
  public boolean symbols() {
    return outIsTerminal && locale().matches("(?i).*utf-?8.*");
  }

  private String locale() {
    return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Whether a line on {@code err} can be written over. */
  public boolean liveLine() {
    return errIsTerminal && !"dumb".equals(environment.get("TERM"));
  }

  /** The same with all output on {@code err}: where a file of results has taken {@code out}. */
  public Console withOutOnErr() {
    return new Console(err, err, errIsTerminal, errIsTerminal, environment, directory);
  }

  /**
   * A path as the user wrote it.
   *
   * @throws CommandException if no path can be written so.
   */
  public Path path(final String text) {
    try {
      return directory.resolve(text);
    } catch (final InvalidPathException e) {
      throw CommandException.usage("not a path: " + text + " (" + e.getReason() + ")", e);
    }
  }

  private boolean coloursAllowed() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }
}
