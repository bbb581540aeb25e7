package io.lockstep.bench.measure;

import java.nio.file.Path;
import java.util.List;

/**
 * How benches are run.
 *
 * @param tiny whether to do as little work as still touches all code: for tests, no figures
 * @param rounds measured rounds, at least 1
 * @param seconds of one network run
 * @param directory for scratch files; its file system is part of what is measured
 * @param root of the project
 * @param lockstep the command that starts the {@code lockstep} tool, word by word
 */
public record BenchOptions(
    boolean tiny, int rounds, int seconds, Path directory, Path root, List<String> lockstep) {
  public BenchOptions {
    lockstep = List.copyOf(lockstep);
    if (rounds < 1 || seconds < 1) {
      throw new IllegalArgumentException(
          "rounds and seconds must be at least 1, got " + rounds + " and " + seconds);
    }
  }

  /** Rounds that warm up and are not counted. */
  public int warmUps() {
    return tiny ? 1 : 2;
  }

  /** The file that holds the JVM's flags. */
  public String jvmArgs() {
    return "@" + root.resolve("jvm.args").toAbsolutePath().normalize();
  }
}
