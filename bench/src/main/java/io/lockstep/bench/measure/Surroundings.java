package io.lockstep.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What figures depend on besides the code: machine, JVM, file system. */
public final class Surroundings {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final double GIB = 1L << 30;

  private Surroundings() {}

  /** Prints them. */
  public static void describe(final BenchOptions options, final Report report) throws IOException {
    Files.createDirectories(options.directory());
    report.section("surroundings");
    report.note(
        String.format(
            Locale.ROOT,
            "%s, %s %s, %d core%s for this JVM",
            processor(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            cores(),
            cores() == 1 ? "" : "s"));
    report.note(
        String.format(
            Locale.ROOT,
            "%s %s, heap up to %.1f GiB",
            System.getProperty("java.vm.name"),
            System.getProperty("java.runtime.version"),
            Runtime.getRuntime().maxMemory() / GIB));
    report.note(
        String.format(
            Locale.ROOT,
            "scratch files on %s (%.1f GiB free)",
            Files.getFileStore(options.directory()).type(),
            Files.getFileStore(options.directory()).getUsableSpace() / GIB));
    if (options.tiny()) {
      report.note(
          "TINY: does a little of everything to show that it works; no figure means anything");
    }
  }

  /** Cores that this JVM may use. */
  public static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String processor() throws IOException {
    if (!Files.isReadable(CPU_INFO)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
