package io.lockstep.app.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What stands behind a proxy: the JDK's own server, with the files of a site. */
final class Backend implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final Path root;

  private Backend(final HttpServer server, final Path root) {
    this.server = server;
    this.root = root;
  }

  static Backend start(final Path root) throws IOException {
    final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    final Backend backend = new Backend(server, root);
    server.setExecutor(backend.threads);
    server.createContext("/", backend::answer);
    server.start();
    return backend;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(final HttpExchange exchange) throws IOException {
    try (exchange) {
      final int taken = exchange.getRequestBody().readAllBytes().length;
      final String path = exchange.getRequestURI().getPath();
      exchange.getResponseHeaders().set("Content-Type", "text/plain");
      switch (path) {
        case "/empty" -> exchange.sendResponseHeaders(204, -1);
        case "/chunked" -> send(exchange, Site.PLAIN.getBytes(StandardCharsets.UTF_8), 0);
        case "/upload" -> {
          final byte[] said = ("taken " + taken).getBytes(StandardCharsets.UTF_8);
          send(exchange, said, said.length);
        }
        default -> file(exchange, root.resolve(path.substring(1)));
      }
    }
  }

  private static void file(final HttpExchange exchange, final Path file) throws IOException {
    if (!Files.exists(file)) {
      exchange.sendResponseHeaders(404, -1);
    } else if (exchange.getRequestHeaders().containsKey("If-None-Match")) {
      exchange.sendResponseHeaders(304, -1);
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(Files.size(file)));
      exchange.sendResponseHeaders(200, -1);
    } else {
      final byte[] content = Files.readAllBytes(file);
      send(exchange, content, content.length);
    }
  }

  /** A length of 0 stands for one that is not known. */
  private static void send(final HttpExchange exchange, final byte[] content, final long length)
      throws IOException {
    exchange.sendResponseHeaders(200, length);
    exchange.getResponseBody().write(content);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
