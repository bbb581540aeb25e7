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
      return System.console() != null;
    }
  }
}
