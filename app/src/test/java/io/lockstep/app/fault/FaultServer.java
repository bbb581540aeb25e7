package io.lockstep.app.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A target on plain sockets that does to each connection what a test says. A script that ends
 * closes its connection in an orderly way, unless it has done so otherwise.
 */
final class FaultServer implements AutoCloseable {
  /** So little is taken that large requests get stuck on their way. */
  private static final int RECEIVE_BYTES = 4_096;

  private static final int BACKLOG = 200;

  /** What to do with a connection. */
  @FunctionalInterface
  interface Script {
    void run(Peer peer) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Script script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();

  private FaultServer(final int port, final Script script) throws IOException {
    this.script = script;
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.setReceiveBufferSize(RECEIVE_BYTES);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
  }

  static FaultServer start(final Script script) throws IOException {
    final FaultServer started = new FaultServer(0, script);
    daemon(started::accept);
    return started;
  }

  /** Its address as a target. */
  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Connections so far. */
  int accepted() {
    return accepted.get();
  }

  private void accept() {
    try {
      while (true) {
        final Socket socket = server.accept();
        sockets.add(socket);
        final Peer peer = new Peer(socket, accepted.getAndIncrement());
        daemon(() -> serve(peer));
      }
    } catch (final IOException e) {
      if (!server.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(final Peer peer) {
    try (Socket socket = peer.socket) {
      script.run(peer);
      socket.shutdownOutput();
    } catch (final IOException e) {
      return; // the other side has given up, as some tests want it to
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(final Runnable task) {
    final Thread thread = new Thread(task, "fault-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (final Socket socket : sockets) {
      socket.close();
    }
  }

  /** One connection, seen from the target. */
  static final class Peer {
    final Socket socket;

    /** Counts connections from 0. */
    final int index;

    private final InputStream in;

    Peer(final Socket socket, final int index) throws IOException {
      this.socket = socket;
      this.index = index;
      in = socket.getInputStream();
      socket.setTcpNoDelay(true);
    }

    /** Reads a request's head. */
    String head() throws IOException {
      final ByteArrayOutputStream head = new ByteArrayOutputStream();
      int last = 0;
      while (last != (int) 0x0D0A0D0AL) {
        final int next = in.read();
        if (next < 0) {
          throw new IOException("no request came");
        }
        head.write(next);
        last = last << 8 | next;
      }
      return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** The path of the next request. */
    String path() throws IOException {
      return head().split(" ", 3)[1];
    }

    void read(final int bytes) throws IOException {
      in.readNBytes(bytes);
    }

    /** Reads what has come, all of it: a close is no reset then. */
    void drain() throws IOException, InterruptedException {
      read(1);
      Thread.sleep(30);
      read(in.available());
    }

    void write(final String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes byte by byte, with pauses. */
    void drip(final String text, final long pauseMs) throws IOException, InterruptedException {
      for (int i = 0; i < text.length(); i++) {
        write(text.substring(i, i + 1));
        Thread.sleep(pauseMs);
      }
    }

    /** Closes with a reset, once the client has had time to read what was written. */
    void reset() throws IOException, InterruptedException {
      Thread.sleep(30);
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Says nothing for a while. */
    void hang() throws InterruptedException {
      Thread.sleep(3_000);
    }
  }
}
