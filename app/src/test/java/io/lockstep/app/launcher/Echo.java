package io.lockstep.app.launcher;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.util.stream.Collectors;

/** Stands in for the app: says what it was given and exits as told by {@code exit=N}. */
final class Echo {
  private Echo() {}

  public static void main(final String[] arguments) {
    int status = 0;
    for (final String argument : arguments) {
      System.out.println("[" + argument + "]");
      if (argument.startsWith("exit=")) {
        status = Integer.parseInt(argument.substring("exit=".length()));
      }
    }
    System.out.println("pid " + ProcessHandle.current().pid());
    System.out.println("extra " + System.getProperty("extra"));
    System.out.println("agrona " + System.getProperty("agrona.disable.bounds.checks"));
    System.out.println("file names " + System.getProperty("sun.jnu.encoding"));
    System.out.println("\u00fcmlaut");
    System.out.println(collectors());
    System.exit(status);
  }

  private static String collectors() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(MemoryManagerMXBean::getName)
        .collect(Collectors.joining(", ", "collectors ", ""));
  }
}
