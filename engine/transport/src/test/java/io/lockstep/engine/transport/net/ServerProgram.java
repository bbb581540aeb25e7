package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server that is installed on this machine, on a free port and in a directory of its own. In its
 * configuration PORT stands for the port and DIR for the directory.
 */
final class ServerProgram implements AutoCloseable {
  private static final String CONFIGURATION = "configuration";
  private static final long DEADLINE_NS = 15_000_000_000L;

  private final Process process;
  private final Path directory;
  private final int port;

  private ServerProgram(final Process process, final Path directory, final int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  /** Skips the test, and says so, where there is no such program. */
  static void assumeInstalled(final String name) {
    final boolean installed = NginxServer.program(name).isPresent();
    if (!installed) {
      System.out.println("skipped: there is no " + name + " on the PATH");
    }
    assumeTrue(installed, "there is no " + name + " on the PATH");
  }

  /** Starts one with a configuration file, whose path is put behind the words. */
  static ServerProgram start(final String name, final String configuration, final String... words)
      throws IOException {
    final int port = freePort();
    final Path directory = Files.createTempDirectory("lockstep-" + name);
    // Some give up being root and must get in all the same.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    final Path file = directory.resolve(CONFIGURATION);
    Files.writeString(
        file,
        configuration.replace("PORT", Integer.toString(port)).replace("DIR", directory.toString()));
    final List<String> command = new ArrayList<>();
    command.add(NginxServer.program(name).orElseThrow().toString());
    command.addAll(List.of(words));
    final int last = command.size() - 1;
    if (command.get(last).endsWith("=")) {
      command.set(last, command.get(last) + file);
    } else {
      command.add(file.toString());
    }
    final ServerProgram server =
        new ServerProgram(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start(),
            directory,
            port);
    server.awaitListening();
    return server;
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  /** A file beside its configuration. */
  Path file(final String name) {
    return directory.resolve(name);
  }

  /** Has it read its files again. */
  void hangUp() throws IOException {
    final Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
    try {
      assertTrue(kill.waitFor(5, TimeUnit.SECONDS), "no end of kill");
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitListening() throws IOException {
    final long deadlineNs = System.nanoTime() + DEADLINE_NS;
    while (!isListening()) {
      if (!process.isAlive() || System.nanoTime() > deadlineNs) {
        final String output = Files.readString(directory.resolve("output"));
        close();
        throw new IOException("does not listen: " + output);
      }
      Thread.onSpinWait();
    }
  }

  private boolean isListening() {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (final IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (final Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
