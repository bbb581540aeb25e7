package io.lockstep.journal.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Starts a main class in a JVM of its own, with the flags of the one that tests run in. */
public final class ChildJvm {
  private ChildJvm() {}

  /** The JDKs to test with: this one, and others where the machine has them. */
  public static List<Path> javaHomes() throws IOException {
    final List<Path> homes = new ArrayList<>();
    homes.add(Path.of(System.getProperty("java.home")));
    final Path others = homes.get(0).getParent();
    if (others != null && Files.isDirectory(others)) {
      try (Stream<Path> siblings = Files.list(others)) {
        siblings
            .filter(home -> Files.isExecutable(home.resolve("bin/java")))
            .filter(home -> atLeast17(home) && !sameFile(home, homes.get(0)))
            .filter(home -> !Files.isSymbolicLink(home))
            .sorted()
            .forEach(homes::add);
      }
    }
    return homes;
  }

  /** Starts it; its output, and its errors with it, go to {@code output}. */
  public static Process start(
      final Path javaHome, final Path output, final Class<?> main, final String... arguments)
      throws IOException {
    final List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin/java").toString());
    command.add("@" + Path.of("..", "jvm.args").toAbsolutePath().normalize());
    command.add("-Xmx256m");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static boolean sameFile(final Path a, final Path b) {
    try {
      return Files.isSameFile(a, b);
    } catch (final IOException e) {
      return false;
    }
  }

  private static boolean atLeast17(final Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("[^0-9.]", "").split("\\."))
          .anyMatch(version -> Integer.parseInt(version[0]) >= 17);
    } catch (final IOException e) {
      return false;
    }
  }
}
