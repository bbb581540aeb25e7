package io.lockstep.engine.transport.net;

import io.lockstep.engine.transport.http2.Frames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A server that does to each connection what a test says, byte by byte, on plain sockets. */
final class ScriptedServer implements AutoCloseable {
  private static final int PREFACE_BYTES = 24;
  private static final int FRAME_HEADER_BYTES = 9;

  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

  /** What to do with a connection; it is closed afterwards. */
  @FunctionalInterface
  interface Script {
    void run(Peer peer) throws IOException;
  }

  private final ServerSocket server;
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private ScriptedServer(final int port, final Script script) {
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(() -> accept(script));
  }

  static ScriptedServer start(final Script script) {
    return new ScriptedServer(0, script);
  }

  static ScriptedServer startOn(final int port, final Script script) {
    return new ScriptedServer(port, script);
  }

  int port() {
    return server.getLocalPort();
  }

  int accepted() {
    return accepted.get();
  }

  /** Heads of the requests so far, in the order in which they were read. */
  List<String> requests() {
    return requests;
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    try {
      server.close();
      for (final Socket socket : sockets) {
        socket.close();
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("script failed", failures.get(0));
    }
  }

  private void accept(final Script script) {
    try {
      while (true) {
        final Socket socket = server.accept();
        sockets.add(socket);
        final Peer peer = new Peer(socket, accepted.getAndIncrement());
        daemon(() -> serve(peer, script));
      }
    } catch (final IOException e) {
      if (!server.isClosed()) {
        failures.add(e);
      }
    }
  }

  private void serve(final Peer peer, final Script script) {
    try (Peer served = peer) {
      script.run(served);
    } catch (final SocketException e) {
      // The client has gone, as some tests want it to.
      return;
    } catch (final IOException | RuntimeException | AssertionError e) {
      failures.add(e);
    }
  }

  private static void daemon(final Runnable task) {
    final Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection, seen from the server. */
  final class Peer implements AutoCloseable {
    final Socket socket;
    final int index;
    private final InputStream in;
    private final OutputStream out;
    private boolean endOfStream;

    private Peer(final Socket socket, final int index) throws IOException {
      this.socket = socket;
      this.index = index;
      socket.setTcpNoDelay(true);
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }

    /** Reads one request, with its body; false at the end of input. */
    boolean request() throws IOException {
      final StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        final int b = in.read();
        if (b < 0) {
          return false;
        }
        head.append((char) b);
      }
      requests.add(head.toString());
      final int at = head.indexOf("Content-Length: ");
      if (at >= 0) {
        final String length = head.substring(at + 16, head.indexOf("\r\n", at));
        in.skipNBytes(Long.parseLong(length));
      }
      return true;
    }

    /** Reads what a client of HTTP/2 begins with, and answers with settings. */
    void beginHttp2(final long... settings) throws IOException {
      if (in.readNBytes(PREFACE_BYTES).length < PREFACE_BYTES) {
        throw new SocketException("gone before it said anything");
      }
      write(Frames.none().settings(settings));
    }

    /** Reads frames until one of a type has come; returns its stream, -1 at the end of input. */
    int awaitFrame(final int type) throws IOException {
      while (true) {
        final byte[] head = in.readNBytes(FRAME_HEADER_BYTES);
        if (head.length < FRAME_HEADER_BYTES) {
          return -1;
        }
        endOfStream |= head[3] <= 1 && (head[4] & Frames.END_STREAM) != 0;
        in.skipNBytes(((head[0] & 0xFF) << 16) | ((head[1] & 0xFF) << 8) | (head[2] & 0xFF));
        if (head[3] == type) {
          return ((head[6] & 0xFF) << 16) | ((head[7] & 0xFF) << 8) | (head[8] & 0xFF);
        }
      }
    }

    /** Whether a frame has come that ends a request. */
    boolean sawEndOfStream() {
      return endOfStream;
    }

    void write(final Frames frames) throws IOException {
      out.write(frames.bytes());
      out.flush();
    }

    /** So many bytes; fewer at the end of input. */
    byte[] read(final int count) throws IOException {
      return in.readNBytes(count);
    }

    void write(final int... bytes) throws IOException {
      for (final int one : bytes) {
        out.write(one);
        out.flush(); // one by one, as nobody may count on more
      }
    }

    void write(final String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Serves one response after another until the client closes. */
    void serve(final String response) throws IOException {
      while (request()) {
        write(response);
      }
    }

    /** Long enough for what was written to be read by itself, most of the time. */
    void pauseBriefly() {
      LockSupport.parkNanos(20_000);
    }

    void pause(final long ms) {
      try {
        Thread.sleep(ms);
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
