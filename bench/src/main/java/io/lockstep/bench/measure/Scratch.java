package io.lockstep.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A directory that vanishes with its content when it is closed. */
public final class Scratch implements AutoCloseable {
  private final Path path;

  /** A fresh one below a directory, which is created where it is missing. */
  public Scratch(final Path parent) throws IOException {
    Files.createDirectories(parent);
    path = Files.createTempDirectory(parent, "bench-").toAbsolutePath();
  }

  public Path path() {
    return path;
  }

  /** A path in it. */
  public Path resolve(final String name) {
    return path.resolve(name);
  }

  /** Removes something in it, with all below. */
  public static void delete(final Path path) throws IOException {
    final List<Path> deepestFirst;
    try (Stream<Path> found = Files.walk(path)) {
      deepestFirst = found.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
    }
    for (final Path each : deepestFirst) {
      Files.delete(each);
    }
  }

  @Override
  public void close() {
    try {
      delete(path);
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot remove " + path + ": " + e.getMessage(), e);
    }
  }
}
