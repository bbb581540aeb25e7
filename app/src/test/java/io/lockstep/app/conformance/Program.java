package io.lockstep.app.conformance;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program from a package while it runs; ended by its own process id. */
final class Program implements AutoCloseable {
  private static final long START_LIMIT_NS = 20_000_000_000L;
  private static final long STOP_LIMIT_S = 5;

  private final Process process;

  private Program(final Process process) {
    this.process = process;
  }

  /** Where it is on the PATH, if it is. */
  static Optional<Path> find(final String name) {
    return Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts one and waits until it listens at all of these ports. */
  static Program start(final Path output, final List<String> command, final int... ports)
      throws IOException {
    final ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // What a program keeps for its next start goes beside the rest.
    builder.environment().put("XDG_CONFIG_HOME", output.getParent().toString());
    builder.environment().put("XDG_DATA_HOME", output.getParent().toString());
    final Program program = new Program(builder.start());
    final long deadlineNs = System.nanoTime() + START_LIMIT_NS;
    for (final int port : ports) {
      while (!listens(port)) {
        if (!program.process.isAlive() || System.nanoTime() > deadlineNs) {
          program.close();
          throw new IOException(command + " does not listen: " + Files.readString(output));
        }
        pause(10);
      }
    }
    return program;
  }

  static boolean listens(final int port) {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (final IOException e) {
      return false;
    }
  }

  /** The first line that a program says of its version. */
  static String firstLine(final String... command) throws IOException {
    final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said.lines().findFirst().orElse("");
  }

  static void pause(final long ms) {
    try {
      Thread.sleep(ms);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends it a signal by name. */
  void signal(final String name) throws IOException {
    final String pid = Long.toString(process.pid());
    final Process kill = new ProcessBuilder("kill", "-" + name, pid).start();
    try {
      if (kill.waitFor() != 0) {
        throw new IOException("kill -" + name + " " + pid + " failed");
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
