package io.lockstep.app.console;

/**
 * A command cannot go on and knows why. The message is complete: what is wrong, where, and what to
 * do; it is all that the user gets to see.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public CommandException(final ExitCode exitCode, final String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public CommandException(final ExitCode exitCode, final String message, final Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The user's input is wrong. */
  public static CommandException usage(final String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /** The user's input is wrong, as something below found out. */
  public static CommandException usage(final String message, final Throwable cause) {
    return new CommandException(ExitCode.USAGE, message, cause);
  }

  /** The tool failed. */
  public static CommandException failed(final String message, final Throwable cause) {
    return new CommandException(ExitCode.FAILED, message, cause);
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
