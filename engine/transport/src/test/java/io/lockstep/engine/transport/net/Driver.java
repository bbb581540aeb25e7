package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Content;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/** Drives a transport as an agent would, and keeps copies of what it hands over. */
final class Driver implements AutoCloseable {
  private static final long DEADLINE_NS = 10_000_000_000L;

  /** A copy of a completion. */
  record Ended(
      int vu,
      int seq,
      RequestOutcome outcome,
      int status,
      long connectNs,
      long sentNs,
      long handedNs,
      long firstByteNs,
      long lastByteNs,
      long bytesSent,
      long bytesReceived,
      Kept kept,
      Secured secured,
      String reason,
      int protocol,
      int resent) {
    static Ended of(final Completion c) {
      return new Ended(
          c.vu,
          c.requestSeq,
          c.outcome,
          c.status,
          c.connectNs,
          c.sentNs,
          c.handedNs,
          c.firstByteNs,
          c.lastByteNs,
          c.bytesSent,
          c.bytesReceived,
          c.content.isCaptured() ? Kept.of(c.content) : null,
          new Secured(c.tlsNs, c.tlsVersion, c.tlsResumed),
          c.reason,
          c.protocol,
          c.resent);
    }
  }

  /** What came of a handshake. */
  record Secured(long tlsNs, int version, boolean resumed) {}

  /** A copy of a content. */
  record Kept(String head, String body, long bodyLength, int flags) {
    static Kept of(final Content content) {
      return new Kept(
          text(content.head(), content.headOffset(), content.headLength()),
          text(content.body(), content.bodyOffset(), content.keptLength()),
          content.bodyLength(),
          content.flags());
    }

    private static String text(final DirectBuffer buffer, final int offset, final int length) {
      final byte[] bytes = new byte[length];
      buffer.getBytes(offset, bytes);
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  final NetworkTransport transport;
  private final Deque<Ended> ended = new ArrayDeque<>();
  private final long startNs = System.nanoTime();
  private int seq;

  Driver(final Plan plan, final Backend backend) {
    this(plan, backend, TlsCredentials.NONE);
  }

  Driver(final Plan plan, final Backend backend, final TlsCredentials credentials) {
    this(plan, backend, credentials, Map.of());
  }

  Driver(
      final Plan plan,
      final Backend backend,
      final TlsCredentials credentials,
      final Map<String, Path> sentFiles) {
    this(
        plan,
        backend,
        credentials,
        Resolution.resolve(plan.target(), plan.connections().opening()),
        sentFiles);
  }

  Driver(
      final Plan plan,
      final Backend backend,
      final TlsCredentials credentials,
      final Resolution resolution) {
    this(plan, backend, credentials, resolution, Map.of());
  }

  private Driver(
      final Plan plan,
      final Backend backend,
      final TlsCredentials credentials,
      final Resolution resolution,
      final Map<String, Path> sentFiles) {
    transport =
        NetworkTransport.create(
            plan,
            0,
            1,
            () -> System.nanoTime() - startNs,
            backend,
            resolution,
            credentials,
            sentFiles);
  }

  int send(final int vu, final int request) {
    return send(vu, request, null);
  }

  int send(final int vu, final int request, final RenderedRequest rendered) {
    final int number = seq++;
    transport.send(vu, request, number, 0, 0, 0, rendered);
    return number;
  }

  Ended exchange(final int vu, final int request) {
    final int number = send(vu, request);
    final Ended end = next();
    assertTrue(end.vu() == vu && end.seq() == number, () -> "another's completion: " + end);
    return end;
  }

  /** The next completion; polls for it. */
  Ended next() {
    final long deadlineNs = System.nanoTime() + DEADLINE_NS;
    while (ended.isEmpty()) {
      assertTrue(System.nanoTime() < deadlineNs, "no completion in time");
      poll();
      transport.await(1_000_000);
    }
    return ended.remove();
  }

  int poll() {
    return transport.poll(0, c -> ended.add(Ended.of(c)), 16);
  }

  /** Polls until a counter has a value. */
  void pollUntil(final long value, final LongSupplier counter) {
    final long deadlineNs = System.nanoTime() + DEADLINE_NS;
    while (counter.getAsLong() != value) {
      assertTrue(System.nanoTime() < deadlineNs, "counter did not get there in time");
      poll();
      transport.await(1_000_000);
    }
    assertTrue(ended.isEmpty(), () -> "ended meanwhile: " + ended);
  }

  /** Polls for a while; returns whether anything has ended. */
  boolean endsWithin(final long ms) {
    final long untilNs = System.nanoTime() + ms * 1_000_000;
    while (System.nanoTime() < untilNs) {
      poll();
      transport.await(1_000_000);
    }
    return !ended.isEmpty();
  }

  @Override
  public void close() {
    transport.close();
  }
}
