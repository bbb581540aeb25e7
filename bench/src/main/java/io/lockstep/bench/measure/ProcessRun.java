package io.lockstep.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one process cost: all CPU of it and its children, user and system, start to exit, as the
 * kernel accounts it and bash's {@code time} prints it.
 *
 * @param counted what it did, in whatever it is counted
 * @param cpuSeconds of the whole process
 */
public record ProcessRun(long counted, double cpuSeconds) {
  private static final Pattern TIMES =
      Pattern.compile("^bench-times (\\d+\\.\\d+) (\\d+\\.\\d+)$", Pattern.MULTILINE);
  private static final String TIMED =
      "TIMEFORMAT='bench-times %3U %3S'; time \"$@\" >\"$OUT\" 2>&1";
  private static final double MICROS = 1e6;
  private static final int FLAWED_EXIT = 6;
  private static final int LONG_WORD = 120;

  /** Runs a command and hands what it printed to whoever can count what it did. */
  public static ProcessRun time(
      final List<String> command,
      final Path scratch,
      final int timeoutSeconds,
      final Counter counter)
      throws IOException {
    final Path out = Files.createTempFile(scratch, "client-", ".out");
    final Path times = Files.createTempFile(scratch, "client-", ".times");
    final List<String> words = new ArrayList<>(List.of("bash", "-c", TIMED, "bash"));
    words.addAll(command);
    final ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("OUT", out.toString());
    builder.environment().put("LC_ALL", "C");
    builder.redirectError(times.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    final int exit = await(builder.start(), command, timeoutSeconds);
    final String printed = Files.readString(out, StandardCharsets.UTF_8);
    // A generator on a busy machine may call its own run invalid; what it cost is still known.
    if (exit != 0 && exit != FLAWED_EXIT) {
      throw new IOException(text(command) + " ended with exit code " + exit + ":\n" + printed);
    }
    final Matcher matcher = TIMES.matcher(Files.readString(times, StandardCharsets.UTF_8));
    if (!matcher.find()) {
      throw new IOException("bash printed no times for " + text(command));
    }
    return new ProcessRun(
        counter.count(printed),
        Double.parseDouble(matcher.group(1)) + Double.parseDouble(matcher.group(2)));
  }

  /** CPU of the whole process for each thing done. */
  public double microsEach() {
    return cpuSeconds * MICROS / counted;
  }

  /** CPU of each that this run has more than a shorter one: start and end cancel out. */
  public double microsEachFurther(final ProcessRun shorter) {
    return (cpuSeconds - shorter.cpuSeconds) * MICROS / (counted - shorter.counted);
  }

  /** The command without what no one would read, such as a class path. */
  private static String text(final List<String> command) {
    return command.stream()
        .map(word -> word.length() > LONG_WORD ? word.substring(0, LONG_WORD) + "..." : word)
        .collect(Collectors.joining(" "));
  }

  private static int await(
      final Process process, final List<String> command, final int timeoutSeconds)
      throws IOException {
    try {
      if (process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IOException(text(command) + " did not end within " + timeoutSeconds + " s");
    } catch (final InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Finds how much was done in what a client printed or wrote. */
  @FunctionalInterface
  public interface Counter {
    long count(String printed) throws IOException;
  }
}
