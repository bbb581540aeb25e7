package io.lockstep.bench.network;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds programs. */
final class Tools {
  /** Debian keeps servers where an ordinary user's path does not look. */
  private static final String ALSO = "/usr/sbin";

  private Tools() {}

  /** Where a program is, {@code null} if it is not installed. */
  static Path find(final String name) {
    final String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + ALSO;
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }
}
