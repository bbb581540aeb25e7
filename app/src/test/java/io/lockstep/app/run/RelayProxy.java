package io.lockstep.app.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP proxy that makes tunnels for who knows the password, and counts them. */
final class RelayProxy implements AutoCloseable {
  private final ServerSocket server;
  private final String credentials;
  private final AtomicInteger tunnels = new AtomicInteger();

  private RelayProxy(final String credentials) {
    this.credentials = credentials;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** Wants this behind {@code Basic}; nothing where it is empty. */
  static RelayProxy start(final String credentials) {
    return new RelayProxy(credentials);
  }

  int port() {
    return server.getLocalPort();
  }

  int tunnels() {
    return tunnels.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        final Socket near = server.accept();
        daemon(() -> serve(near));
      } catch (final IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(final Socket near) {
    try (near) {
      final String head = head(near.getInputStream());
      if (!credentials.isEmpty() && !head.contains("Basic " + credentials + "\r\n")) {
        say(near, "HTTP/1.1 407 Who asks?\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      final String[] place = head.split(" ", -1)[1].split(":", -1);
      try (Socket far = new Socket(place[0], Integer.parseInt(place[1]))) {
        tunnels.incrementAndGet();
        say(near, "HTTP/1.1 200 Go\r\n\r\n");
        daemon(() -> pump(far, near));
        pump(near, far);
      }
    } catch (final IOException e) {
      return; // one of them has gone
    }
  }

  private static void pump(final Socket from, final Socket to) {
    try {
      final OutputStream out = to.getOutputStream();
      from.getInputStream().transferTo(out);
      to.shutdownOutput();
    } catch (final IOException e) {
      return; // one of them has gone
    }
  }

  private static String head(final InputStream in) throws IOException {
    final StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      final int b = in.read();
      if (b < 0) {
        throw new IOException("no head");
      }
      head.append((char) b);
    }
    return head.toString();
  }

  private static void say(final Socket to, final String text) throws IOException {
    to.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private static void daemon(final Runnable task) {
    final Thread thread = new Thread(task, "relay-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
