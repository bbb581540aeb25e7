package io.lockstep.app;

import io.lockstep.app.command.CommandTree;
import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.console.LostOutputException;
import io.lockstep.app.console.Version;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The lockstep command. */
public final class Lockstep {
  private static final String DEBUG = "LOCKSTEP_DEBUG";
  private static final String STACKTRACE = "--stacktrace";

  private Lockstep() {}

  public static void main(final String[] arguments) {
    // Libraries log through SLF4J; that nobody listens is no news for a user.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    final int code = execute(Console.system(), arguments);
    System.err.flush();
    // Not a return: a thread of a library that is not a daemon must not keep the command alive.
    System.exit(code);
  }

  /**
   * Does what the arguments ask.
   *
   * @return the exit code.
   */
  public static int execute(final Console console, final String... arguments) {
    final ExitCode code = executeForCode(console, arguments);
    return code.code();
  }

  private static ExitCode executeForCode(final Console console, final String... arguments) {
    try {
      final ExitCode code = command(console, arguments);
      console.out().flush();
      return code;
    } catch (final CommandException e) {
      console.err().println("lockstep: " + e.getMessage());
      trace(e.getCause() == null ? null : e, console, arguments);
      return e.exitCode();
    } catch (final LostOutputException e) {
      // Whoever closes a pipe has seen enough and wants to hear nothing of it.
      if (!e.readerIsGone()) {
        console.err().println("lockstep: " + e.getMessage());
      }
      trace(e, console, arguments);
      return ExitCode.FAILED;
    } catch (final IOException e) {
      console.err().println("lockstep: I/O error: " + describe(e));
      trace(e, console, arguments);
      return ExitCode.FAILED;
    } catch (final RuntimeException | Error e) {
      if (isOutOfMemory(e)) {
        console.err().println("lockstep: " + outOfMemory());
        trace(e, console, arguments);
        return ExitCode.FAILED;
      }
      console.err().println("lockstep: internal error: " + e);
      console
          .err()
          .println(
              "This is a bug. "
                  + (isDebug(console, arguments)
                      ? "Please report it with the stack trace that follows."
                      : "Set " + DEBUG + "=1 (or add " + STACKTRACE + ") for the stack trace."));
      trace(e, console, arguments);
      return ExitCode.FAILED;
    }
  }

  private static ExitCode command(final Console console, final String... arguments)
      throws IOException {
    // The most frequent question of scripts is answered without loading the command line parser.
    if (arguments.length == 1 && isVersion(arguments[0])) {
      console.out().println(Version.line());
      return ExitCode.FINE;
    }
    return new CommandTree().execute(Version.line(), console, arguments);
  }

  private static boolean isVersion(final String argument) {
    return argument.equals("--version") || argument.equals("-V");
  }

  /** A thread that the system refuses is an OutOfMemoryError too, and nothing of the heap. */
  static boolean isOutOfMemory(final Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError
          && String.valueOf(cause.getMessage()).contains("heap")) {
        return true;
      }
    }
    return false;
  }

  private static String outOfMemory() {
    return String.format(
        Locale.ROOT,
        "out of memory: the heap may have %d MiB. Allow more, as with LOCKSTEP_JAVA_OPTS=-Xmx16g, or"
            + " ask for less: figures take about half a MiB for each request of a scenario and each"
            + " shard; variables, extracted values and bodies take what they hold, for each VU",
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static String describe(final IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void trace(
      final Throwable failure, final Console console, final String... arguments) {
    if (failure != null && isDebug(console, arguments)) {
      failure.printStackTrace(console.err());
    }
  }

  private static boolean isDebug(final Console console, final String... arguments) {
    return List.of(arguments).contains(STACKTRACE)
        || !console.environment().getOrDefault(DEBUG, "").isEmpty();
  }
}
