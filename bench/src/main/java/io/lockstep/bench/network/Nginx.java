package io.lockstep.bench.network;

import io.lockstep.engine.transport.certificate.Authority;
import io.lockstep.engine.transport.certificate.IssuedCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The target: one nginx worker with a configuration of its own, on a free port of loopback. */
final class Nginx implements AutoCloseable {
  private static final int START_ATTEMPTS = 100;
  private static final long START_PAUSE_MS = 50;
  private static final long STOP_SECONDS = 10;
  private static final int BODY_BYTES = 128;
  private static final int CONNECTIONS = 1024;

  private final int port;
  private final boolean secured;
  private final int connections;
  private final Process process;

  /** Starts it; its files lie in {@code directory}. */
  Nginx(final Path program, final Path directory, final Cpus cpus, final boolean secured)
      throws IOException {
    this(program, directory, cpus, secured, CONNECTIONS);
  }

  /** Starts one that takes so many connections. */
  static Nginx forMany(final Path directory, final Cpus cpus, final int connections)
      throws IOException {
    return new Nginx(Tools.find("nginx"), directory, cpus, false, connections);
  }

  private Nginx(
      final Path program,
      final Path directory,
      final Cpus cpus,
      final boolean secured,
      final int connections)
      throws IOException {
    this.secured = secured;
    this.connections = connections;
    Files.createDirectories(directory);
    if (secured) {
      writeCertificate(directory);
    }
    port = freePort();
    final Path configuration = directory.resolve("nginx.conf");
    Files.writeString(configuration, configuration(directory), StandardCharsets.UTF_8);
    final Path log = directory.resolve("error.log");
    process =
        new ProcessBuilder(
                cpus.target(
                    List.of(
                        program.toString(),
                        "-p",
                        directory.toString(),
                        "-e",
                        log.toString(),
                        "-c",
                        configuration.toString())))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx.out").toFile())
            .start();
    try {
      awaitStart(directory);
    } catch (final IOException e) {
      close();
      throw e;
    }
  }

  String url() {
    return (secured ? "https" : "http") + "://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (final InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String configuration(final Path directory) {
    final StringBuilder text = new StringBuilder();
    text.append("daemon off;\nworker_processes 1;\n");
    text.append("pid \"").append(directory).append("/nginx.pid\";\n");
    if (connections > CONNECTIONS) {
      text.append("worker_rlimit_nofile ").append(connections).append(";\n");
    }
    text.append("events { worker_connections ").append(connections).append("; }\n");
    text.append("http {\n  access_log off;\n  default_type text/plain;\n");
    text.append("  keepalive_requests 1000000000;\n  keepalive_timeout 600s;\n");
    for (final String use : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      text.append(String.format(Locale.ROOT, "  %s_temp_path \"%s/%s\";%n", use, directory, use));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "  server { listen 127.0.0.1:%d backlog=4096%s location / { return 200 \"%s\"; } }%n}%n",
            port,
            secured ? tls(directory) : ";",
            "x".repeat(BODY_BYTES)));
    return text.toString();
  }

  private static String tls(final Path directory) {
    return String.format(
        Locale.ROOT,
        " ssl; ssl_protocols TLSv1.3; ssl_certificate \"%s/own.pem\";"
            + " ssl_certificate_key \"%s/own.key\";",
        directory,
        directory);
  }

  private static void writeCertificate(final Path directory) throws IOException {
    final Instant now = Instant.now();
    final IssuedCertificate own =
        Authority.selfSigned(
            "localhost", now.minusSeconds(60), now.plusSeconds(86_400), List.of("127.0.0.1"));
    Files.writeString(directory.resolve("own.pem"), own.certificatePem());
    Files.writeString(directory.resolve("own.key"), own.keyPem());
  }

  private void awaitStart(final Path directory) throws IOException {
    for (int i = 0; i < START_ATTEMPTS && process.isAlive(); i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().flush();
        return;
      } catch (final ConnectException e) {
        pause();
      }
    }
    throw new IOException(
        "nginx does not answer: "
            + Files.readString(directory.resolve("nginx.out"), StandardCharsets.UTF_8));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(START_PAUSE_MS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while nginx was starting", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
