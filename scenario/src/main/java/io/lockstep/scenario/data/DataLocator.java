package io.lockstep.scenario.data;

import java.nio.file.Path;

/** Finds the files that feeders name. */
@FunctionalInterface
public interface DataLocator {
  /**
   * Where a feeder's file lies.
   *
   * @param feeder name of the feeder
   * @param path as the scenario file has it
   */
  Path locate(String feeder, String path);

  /** Takes paths relative to the directory of a scenario file. */
  static DataLocator beside(final Path scenarioFile) {
    final Path parent = scenarioFile.getParent();
    return (feeder, path) -> parent == null ? Path.of(path) : parent.resolve(path);
  }
}
