package io.lockstep.bench.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.bench.measure.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One whole {@code lockstep run} that is watched while it goes on.
 *
 * @param summary what it wrote
 * @param residentBytes most memory of the process that was in use at once
 * @param residents memory in use, a look each second, in order
 * @param journalBytes of its journal's files
 */
record LockstepRun(JsonNode summary, long residentBytes, List<Long> residents, long journalBytes) {
  private static final int FLAWED_EXIT = 6;
  private static final int GRACE_SECONDS = 120;
  private static final long LOOK_MS = 20;
  private static final long KIB = 1024;

  /**
   * Runs a scenario.
   *
   * @param command that starts lockstep
   * @param files that it may have open, 0 for as many as this process
   */
  static LockstepRun of(
      final List<String> command,
      final String scenario,
      final List<String> more,
      final int files,
      final int seconds,
      final Scratch scratch)
      throws IOException {
    final Path file = scratch.resolve("scenario.yaml");
    Files.writeString(file, scenario, StandardCharsets.UTF_8);
    final Path runs = scratch.resolve("runs");
    final Path summary = scratch.resolve("summary.json");
    final Path out = scratch.resolve("lockstep.out");
    final List<String> words = new ArrayList<>();
    if (files > 0) {
      words.addAll(List.of("bash", "-c", "ulimit -n " + files + " && exec \"$@\"", "bash"));
    }
    words.addAll(command);
    words.addAll(List.of("run", file.toString(), "--quiet", "--out", runs.toString()));
    words.addAll(List.of("--json", summary.toString()));
    words.addAll(more);
    try {
      final Process process =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile()).start();
      final List<Long> residents = new ArrayList<>();
      final long residentBytes = watch(process, seconds + GRACE_SECONDS, residents);
      final int exit = process.exitValue();
      if (exit != 0 && exit != FLAWED_EXIT) {
        throw new IOException(
            "lockstep ended with exit code "
                + exit
                + ":\n"
                + Files.readString(out, StandardCharsets.UTF_8));
      }
      return new LockstepRun(
          new ObjectMapper().readTree(summary.toFile()),
          residentBytes,
          residents,
          journalBytes(runs));
    } finally {
      if (Files.exists(runs)) {
        Scratch.delete(runs);
      }
      Files.deleteIfExists(summary);
    }
  }

  /** How many files a process that is started from here may have open. */
  static int mostFiles() throws IOException {
    final Process process =
        new ProcessBuilder("bash", "-c", "ulimit -Hn").redirectErrorStream(true).start();
    final String told =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
    return told.matches("\\d{1,9}") ? Integer.parseInt(told) : Integer.MAX_VALUE;
  }

  /** Waits for the end of a process; returns the most memory that it was seen with. */
  private static long watch(
      final Process process, final int timeoutSeconds, final List<Long> residents)
      throws IOException {
    final long startNs = System.nanoTime();
    final long untilNs = startNs + TimeUnit.SECONDS.toNanos(timeoutSeconds);
    long most = 0;
    try {
      while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
        final long now = residentBytes(process.pid());
        most = Math.max(most, now);
        if (System.nanoTime() - startNs >= TimeUnit.SECONDS.toNanos(residents.size() + 1L)) {
          residents.add(now);
        }
        if (System.nanoTime() > untilNs) {
          process.destroyForcibly();
          throw new IOException("lockstep did not end within " + timeoutSeconds + " s");
        }
      }
      return most;
    } catch (final InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static long journalBytes(final Path runs) throws IOException {
    try (Stream<Path> files = Files.walk(runs)) {
      return files
          .filter(file -> file.toString().endsWith(".cq4"))
          .mapToLong(LockstepRun::size)
          .sum();
    }
  }

  private static long size(final Path file) {
    try {
      return Files.size(file);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long residentBytes(final long pid) {
    try {
      for (final String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
        }
      }
      return 0;
    } catch (final IOException e) {
      return 0; // it has just ended
    }
  }

  long total(final String key) {
    return summary.path("totals").path(key).asLong(-1);
  }

  /** Nanoseconds that requests were sent late by. */
  long latenessNs(final String percentile) {
    return summary.path("totals").path("latenessNs").path(percentile).asLong(-1);
  }

  String grade() {
    return summary.at("/validity/grade").asText();
  }
}
