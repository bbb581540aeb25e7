package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as a process of its own, started the way the launcher starts it. */
public final class ChildProcess implements AutoCloseable {
  private static final long LIMIT_S = 60;
  private static final long POLL_MS = 20;

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildProcess(final Process process, final Path out, final Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static ChildProcess start(final Path directory, final String... arguments) throws IOException {
    return start(directory, List.of(), Files.createTempFile(directory, "out", ".txt"), arguments);
  }

  /** With its standard output in a file of the caller's. */
  static ChildProcess startInto(final Path out, final Path directory, final String... arguments)
      throws IOException {
    return start(directory, List.of(), out, arguments);
  }

  /** By another command, whose words these are. */
  static ChildProcess startBy(
      final List<String> by, final Path directory, final String... arguments) throws IOException {
    return start(directory, by, Files.createTempFile(directory, "out", ".txt"), arguments);
  }

  /** The words that start the command. */
  public static List<String> command(final String... arguments) {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("..", "jvm.args").toAbsolutePath().normalize());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Lockstep.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static ChildProcess start(
      final Path directory, final List<String> by, final Path out, final String... arguments)
      throws IOException {
    final List<String> words = new ArrayList<>(by);
    words.addAll(command(arguments));
    final Path err = Files.createTempFile(directory, "err", ".txt");
    return new ChildProcess(
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start(),
        out,
        err);
  }

  void signal(final String name) throws IOException, InterruptedException {
    final Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertTrue(kill.waitFor(LIMIT_S, TimeUnit.SECONDS) && kill.exitValue() == 0, "kill " + name);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void awaitOut(final String text) throws IOException, InterruptedException {
    await(out, text);
  }

  void awaitErr(final String text) throws IOException, InterruptedException {
    await(err, text);
  }

  int exitCode() throws InterruptedException {
    assertTrue(process.waitFor(LIMIT_S, TimeUnit.SECONDS), "the process does not end");
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  String err() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void await(final Path file, final String text) throws IOException, InterruptedException {
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
    while (!Files.readString(file, StandardCharsets.UTF_8).contains(text)) {
      assertTrue(process.isAlive(), () -> "ended without saying '" + text + "'");
      assertTrue(System.nanoTime() < deadline, () -> "did not say '" + text + "'");
      Thread.sleep(POLL_MS);
    }
  }
}
