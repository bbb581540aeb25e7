package io.lockstep.engine.transport.net;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real nginx with one worker on a free port, with a configuration and directory of its own. */
final class NginxServer implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      daemon off;
      worker_processes 1;
      pid nginx.pid;
      error_log stderr error;
      events { worker_connections 4096; }
      http {
        access_log off;
        client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
        uwsgi_temp_path tmp; scgi_temp_path tmp;
        keepalive_timeout 60;
        server {
          listen 127.0.0.1:PORT;
          keepalive_requests LIMIT;
          location / { root html; }
          location = /empty { return 204; }
          location = /chunked { root html; ssi on; ssi_types *; try_files /chunked.html =404; }
          location = /text { return 200 "hello"; }
        }
      }
      """;

  private final Process process;
  private final Path directory;
  private final int port;

  private NginxServer(final Process process, final Path directory, final int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  /** Where the program is on the PATH, if it is. */
  static Optional<Path> program(final String name) {
    return Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator))
        .map(entry -> Path.of(entry, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static NginxServer start(final int keepaliveRequests, final List<String> launcher)
      throws IOException {
    return start(
        CONFIGURATION.replace("LIMIT", Integer.toString(keepaliveRequests)), Map.of(), launcher);
  }

  /**
   * One with another configuration, in which PORT stands for its port, and with files beside that.
   */
  static NginxServer start(
      final String configuration,
      final Map<String, String> contentByFile,
      final List<String> launcher)
      throws IOException {
    final int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    final Path directory = Files.createTempDirectory("lockstep-nginx");
    // A worker started by root runs as nobody and must get in.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(directory.resolve("html"));
    Files.createDirectories(directory.resolve("tmp"));
    Files.writeString(directory.resolve("html/index.html"), "x".repeat(612));
    Files.writeString(
        directory.resolve("html/chunked.html"),
        "<!--#echo var=\"request_uri\" -->" + "y".repeat(99));
    final Path file = directory.resolve("nginx.conf");
    Files.writeString(file, configuration.replace("PORT", Integer.toString(port)));
    for (final Map.Entry<String, String> one : contentByFile.entrySet()) {
      Files.writeString(directory.resolve(one.getKey()), one.getValue());
    }
    final List<String> command = new ArrayList<>(launcher);
    command.addAll(
        List.of(
            program("nginx").orElseThrow().toString(),
            "-e",
            "stderr",
            "-p",
            directory.toString(),
            "-c",
            file.toString()));
    final Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    final NginxServer server = new NginxServer(process, directory, port);
    server.awaitListening();
    return server;
  }

  int port() {
    return port;
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

  private void awaitListening() throws IOException {
    final long deadlineNs = System.nanoTime() + 5_000_000_000L;
    while (true) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return;
      } catch (final IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadlineNs) {
          final String output = Files.readString(directory.resolve("output"));
          close();
          throw new IOException("nginx does not listen: " + output, e);
        }
        Thread.onSpinWait();
      }
    }
  }
}
