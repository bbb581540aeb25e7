package io.lockstep.engine.transport.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real server from a package, on a free port, until it is closed. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private ServerProcess(final Process process, final int port) {
    this.process = process;
    this.port = port;
  }

  /** Skips the test, with a printed reason, where a program is not installed. */
  static Path require(final String program) {
    final boolean isThere = NginxServer.program(program).isPresent();
    if (!isThere) {
      System.out.println("skipped: there is no " + program + " on the PATH");
    }
    Assumptions.assumeTrue(isThere, () -> "there is no " + program + " on the PATH");
    return NginxServer.program(program).orElseThrow();
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Starts a command that listens on a port. */
  static ServerProcess start(final int port, final Path output, final List<String> command)
      throws IOException {
    final Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    final ServerProcess server = new ServerProcess(process, port);
    final long deadlineNs = System.nanoTime() + 10_000_000_000L;
    while (!server.isListening()) {
      if (!process.isAlive() || System.nanoTime() > deadlineNs) {
        server.close();
        throw new IOException(command + " does not listen: " + Files.readString(output));
      }
      Thread.onSpinWait();
    }
    return server;
  }

  int port() {
    return port;
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
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
