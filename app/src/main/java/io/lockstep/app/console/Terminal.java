package io.lockstep.app.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells terminals from files and pipes. */
final class Terminal {
  static final int STDOUT = 1;
  static final int STDERR = 2;

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private Terminal() {}

  /**
   * Whether a person sees what is written to this file descriptor. Where the system cannot say it
   * of one descriptor (no {@code /proc}), a process that has a console is taken to write to it.
   */
  static boolean isTerminal(final int descriptor) {
    final Path link = DESCRIPTORS.resolve(Integer.toString(descriptor));
    try {
      final String name = Files.readSymbolicLink(link).toString();
      return name.startsWith("/dev/pts/")
          || name.startsWith("/dev/tty")
          || name.equals("/dev/console");
    } catch (final IOException | UnsupportedOperationException e) {
      return hasConsole();
    }
  }

  /** Up to JDK 21 there is a console only at a terminal; from then on it is asked. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    final java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (final NoSuchMethodException e) {
      return true;
    } catch (final ReflectiveOperationException e) {
      return false;
    }
  }
}
