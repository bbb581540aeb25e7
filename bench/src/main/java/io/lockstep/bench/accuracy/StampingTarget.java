package io.lockstep.bench.accuracy;

import io.lockstep.engine.core.random.DurationSampler;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Site;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * A target that knows the truth: it delays each answer by an amount that the seed draws, and stamps
 * when it had read the request and when it begins to write the answer. What it stamps counts, not
 * what it meant to wait. A thread for each connection, so that no answer waits for another; it can
 * freeze once, as a whole.
 */
final class StampingTarget implements AutoCloseable {
  private static final long SITE = Site.of("accuracy", "delay");
  private static final long HIGHEST_NS = 60_000_000_000L;
  private static final int DIGITS = 3;
  private static final int BACKLOG = 4_096;
  private static final int BUFFER_BYTES = 4_096;
  private static final long NOT_YET = Long.MIN_VALUE;
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener;
  private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();
  private final DurationSampler delay;
  private final long freezeAfterNs;
  private final long freezeNs;
  private final long stream = KeyedRandom.mix(SITE);
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong firstNs = new AtomicLong(NOT_YET);
  private final Histogram stamped = new ConcurrentHistogram(HIGHEST_NS, DIGITS);

  /**
   * Serves at once, until it is closed.
   *
   * @param delay of each answer
   * @param freezeAfterNs when it freezes, from its first request on
   * @param freezeNs how long, 0 for never
   */
  StampingTarget(final Distribution delay, final long freezeAfterNs, final long freezeNs)
      throws IOException {
    this.delay = new DurationSampler(SITE, delay);
    this.freezeAfterNs = freezeAfterNs;
    this.freezeNs = freezeNs;
    listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** From a request's last byte read to its answer's first byte written, of all so far. */
  Histogram stamped() {
    return stamped.copy();
  }

  private void accept() throws IOException {
    while (true) {
      final Socket socket = listener.accept();
      connections.add(socket);
      socket.setTcpNoDelay(true);
      start("serve", () -> serve(socket));
    }
  }

  private void serve(final Socket socket) throws IOException {
    final InputStream in = socket.getInputStream();
    final OutputStream out = socket.getOutputStream();
    final byte[] buffer = new byte[BUFFER_BYTES];
    int length = 0;
    while (true) {
      final int read = in.read(buffer, length, buffer.length - length);
      if (read <= 0) {
        return;
      }
      length += read;
      if (isComplete(buffer, length)) {
        length = 0;
        final long receivedNs = System.nanoTime();
        awaitTurn(receivedNs);
        final long sentNs = System.nanoTime();
        out.write(ANSWER);
        stamped.recordValue(Math.min(HIGHEST_NS, sentNs - receivedNs));
      }
    }
  }

  private void awaitTurn(final long receivedNs) {
    firstNs.compareAndSet(NOT_YET, receivedNs);
    long dueNs = receivedNs + delay.sampleNs(stream, requests.getAndIncrement());
    final long freezesNs = firstNs.get() + freezeAfterNs;
    if (dueNs >= freezesNs && dueNs < freezesNs + freezeNs) {
      dueNs = freezesNs + freezeNs;
    }
    long leftNs = dueNs - System.nanoTime();
    while (leftNs > 0) {
      LockSupport.parkNanos(leftNs);
      leftNs = dueNs - System.nanoTime();
    }
  }

  /** Requests have no body here, and a client waits for an answer before it asks again. */
  private static boolean isComplete(final byte[] buffer, final int length) {
    return length >= 4
        && buffer[length - 4] == '\r'
        && buffer[length - 3] == '\n'
        && buffer[length - 2] == '\r'
        && buffer[length - 1] == '\n';
  }

  /** A connection that breaks is the client's to count. */
  private static void start(final String name, final Work work) {
    final Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (final IOException ended) {
                return;
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (final Socket connection : connections) {
      connection.close();
    }
  }

  /** What a thread does until its socket closes. */
  private interface Work {
    void run() throws IOException;
  }
}
