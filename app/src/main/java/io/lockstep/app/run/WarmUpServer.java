package io.lockstep.app.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers each request of the warm-up with the same few bytes. It takes whatever one read gives for
 * one request, which is enough for requests of this size that wait for their answers.
 */
final class WarmUpServer implements AutoCloseable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nServer: warm-up\r\nContent-Length: 2\r\n\r\nok"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER = 4096;

  private final ServerSocket listener;
  private final List<Socket> sockets = new ArrayList<>();

  private WarmUpServer(final ServerSocket listener) {
    this.listener = listener;
  }

  static WarmUpServer start() throws IOException {
    final WarmUpServer server =
        new WarmUpServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
    thread(server::accept).start();
    return server;
  }

  String host() {
    return listener.getInetAddress().getHostAddress();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Ends the threads by closing what they read from. */
  @Override
  public void close() throws IOException {
    listener.close();
    synchronized (sockets) {
      for (final Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private void accept() {
    try {
      while (true) {
        final Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        synchronized (sockets) {
          sockets.add(socket);
        }
        thread(() -> answer(socket)).start();
      }
    } catch (final IOException e) {
      // Closed: the warm-up is over.
    }
  }

  private static void answer(final Socket socket) {
    try (socket) {
      final InputStream in = socket.getInputStream();
      final byte[] buffer = new byte[BUFFER];
      while (in.read(buffer) > 0) {
        socket.getOutputStream().write(ANSWER);
      }
    } catch (final IOException e) {
      // Closed by either side: the warm-up is over.
    }
  }

  private static Thread thread(final Runnable task) {
    final Thread thread = new Thread(task, "warm-up");
    thread.setDaemon(true);
    return thread;
  }
}
