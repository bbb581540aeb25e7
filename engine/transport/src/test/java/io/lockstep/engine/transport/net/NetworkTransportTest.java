package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.engine.transport.net.ScriptedServer.Script;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One connection at a time against servers that behave in every way, on each backend. */
class NetworkTransportTest {
  private static final String OK = ScriptedServer.OK;
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final RequestPlan GET = Plans.get(0, "/");

  static Stream<Backend> backends() {
    return Backends.available().stream();
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldKeepOneConnectionForManyRequestsAndMeasureThem(final Backend backend) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, GET), backend)) {
      assertEquals(backend, driver.transport.backend());
      final String request = "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n\r\n";
      for (int i = 0; i < 200; i++) {
        final Ended end = driver.exchange(0, 0);
        assertEquals(RequestOutcome.RESPONSE, end.outcome());
        assertEquals(200, end.status());
        assertEquals(OK.length(), end.bytesReceived());
        assertEquals(request.length(), end.bytesSent());
        assertEquals(i == 0, end.connectNs() > 0);
        assertTrue(0 < end.sentNs() && end.sentNs() < end.handedNs(), end::toString);
        assertTrue(end.handedNs() < end.firstByteNs(), end::toString);
        assertTrue(end.firstByteNs() <= end.lastByteNs(), end::toString);
      }
      assertEquals(1, server.accepted());
      assertEquals(request, server.requests().get(199));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSendHeadersBodyAndItsLength(final Backend backend) {
    final RequestPlan post =
        Plans.request(0, "POST", "/p?q=1", "gr\u00fc\u00df", new Header("X-A", "b"));
    final RequestPlan empty = Plans.request(1, "PUT", "/", "");
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, post, empty), backend)) {
      assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
      assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 1).outcome());
      final String host = "Host: 127.0.0.1:" + server.port() + "\r\n";
      assertEquals(
          "POST /p?q=1 HTTP/1.1\r\n" + host + "X-A: b\r\nContent-Length: 6\r\n\r\n",
          server.requests().get(0));
      assertEquals(
          "PUT / HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n", server.requests().get(1));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReportResetBeforeTheResponseAndReconnect(final Backend backend) {
    firstFailsThenRecovers(backend, RequestOutcome.RESET, 0, peer -> peer.reset());
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReportResetWithinTheHead(final Backend backend) {
    firstFailsThenRecovers(
        backend,
        RequestOutcome.RESET,
        200,
        peer -> {
          peer.write("HTTP/1.1 200 OK\r\nContent");
          peer.pause(50);
          peer.reset();
        });
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReportResetWithinABodyThatOnlyACloseWouldEnd(final Backend backend) {
    firstFailsThenRecovers(
        backend,
        RequestOutcome.RESET,
        200,
        peer -> {
          peer.write("HTTP/1.1 200 OK\r\n\r\nsome");
          peer.pause(50);
          peer.reset();
        });
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReportCloseBeforeTheResponse(final Backend backend) {
    firstFailsThenRecovers(
        backend, RequestOutcome.CLOSED_EARLY, 0, peer -> peer.socket.shutdownOutput());
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReportCloseWithinTheBody(final Backend backend) {
    firstFailsThenRecovers(
        backend,
        RequestOutcome.CLOSED_EARLY,
        200,
        peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"));
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReportCloseWithinAChunk(final Backend backend) {
    firstFailsThenRecovers(
        backend,
        RequestOutcome.CLOSED_EARLY,
        200,
        peer -> peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"));
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReportProtocolViolationAndNeverReuseTheConnection(final Backend backend) {
    firstFailsThenRecovers(
        backend, RequestOutcome.PROTOCOL_VIOLATION, 0, peer -> answer(peer, "SMTP ready\r\n"));
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReportStrayBytesBehindAResponseAsViolation(final Backend backend) {
    firstFailsThenRecovers(
        backend, RequestOutcome.PROTOCOL_VIOLATION, 200, peer -> answer(peer, OK + "x"));
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReportHeadLargerThanTheLimit(final Backend backend) {
    final String response = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(9_000) + "\r\n\r\n";
    firstFailsThenRecovers(
        backend, RequestOutcome.HEADER_TOO_LARGE, 200, peer -> answer(peer, response));
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReportBodyLargerThanTheLimit(final Backend backend) {
    final String response = "HTTP/1.1 500 No\r\nContent-Length: 1048577\r\n\r\n";
    firstFailsThenRecovers(
        backend, RequestOutcome.BODY_TOO_LARGE, 500, peer -> answer(peer, response));
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldTakeTheEndOfTheConnectionAsTheEndOfTheBody(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.request();
                  peer.write("HTTP/1.1 200 OK\r\n\r\nuntil");
                  peer.pause(20);
                  peer.write(" the end");
                });
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, GET), backend)) {
      for (int i = 0; i < 3; i++) {
        final Ended end = driver.exchange(0, 0);
        assertEquals(RequestOutcome.RESPONSE, end.outcome());
        assertEquals(32, end.bytesReceived());
        assertTrue(end.connectNs() > 0);
        assertTrue(end.lastByteNs() - end.firstByteNs() > 10_000_000, end::toString);
      }
      assertEquals(3, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldTakeAChunkedResponseThatDrips(final Backend backend) {
    final String response =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n";
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  while (peer.request()) {
                    for (int i = 0; i < response.length(); i++) {
                      peer.write(response.substring(i, i + 1));
                      peer.pauseBriefly();
                    }
                  }
                });
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, GET), backend)) {
      for (int i = 0; i < 20; i++) {
        final Ended end = driver.exchange(0, 0);
        assertEquals(RequestOutcome.RESPONSE, end.outcome());
        assertEquals(response.length(), end.bytesReceived());
      }
      assertEquals(1, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldCloseAnIdleConnectionThatSpeaks(final Backend backend) {
    final Semaphore speak = new Semaphore(0);
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  while (peer.request()) {
                    peer.write(OK);
                    speak.acquireUninterruptibly();
                    peer.write(OK);
                  }
                });
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, GET), backend)) {
      for (int i = 1; i <= 3; i++) {
        assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
        speak.release();
        driver.pollUntil(i, () -> driver.transport.connections().counts().strays());
        assertEquals(i, driver.transport.connections().counts().strays());
      }
      assertEquals(3, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldNoticeAtOnceThatAnIdleConnectionWasClosed(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.request();
                  peer.write(OK);
                });
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, GET), backend)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
        assertFalse(driver.endsWithin(30));
      }
      assertEquals(3, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldHonourConnectionCloseOfEitherSide(final Backend backend) {
    final RequestPlan closing = Plans.get(1, "/", new Header("Connection", "close"));
    final String closingOk = OK.replace("Content", "Connection: close\r\nContent");
    try (ScriptedServer server =
            ScriptedServer.start(peer -> peer.serve(peer.index == 0 ? closingOk : OK));
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, GET, closing), backend)) {
      for (final int request : new int[] {0, 1, 1, 0, 0}) {
        assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, request).outcome());
      }
      assertEquals(4, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSendABodyLargerThanAllSocketBuffers(final Backend backend) {
    final RequestPlan post = Plans.request(0, "POST", "/", "x".repeat(24 << 20));
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.pause(50);
                  peer.serve(OK);
                });
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, post), backend)) {
      for (int i = 0; i < 2; i++) {
        final Ended end = driver.exchange(0, 0);
        assertEquals(RequestOutcome.RESPONSE, end.outcome());
        assertTrue(end.bytesSent() > 24 << 20, end::toString);
      }
      assertEquals(1, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldCountABodySentInManyWritesThoughNoAnswerCame(final Backend backend) {
    final RequestPlan post = Plans.request(0, "POST", "/", "x".repeat(24 << 20));
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.request());
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, post), backend)) {
      final Ended end = driver.exchange(0, 0);
      assertEquals(RequestOutcome.CLOSED_EARLY, end.outcome());
      assertEquals(server.requests().get(0).length() + (24L << 20), end.bytesSent());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldNotReuseAConnectionAnsweredBeforeTheRequestWasOut(final Backend backend) {
    final RequestPlan post = Plans.request(0, "POST", "/", "x".repeat(24 << 20));
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
                  peer.pause(2_000);
                });
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, post), backend)) {
      for (int i = 0; i < 2; i++) {
        final Ended end = driver.exchange(0, 0);
        assertEquals(RequestOutcome.RESPONSE, end.outcome());
        assertEquals(413, end.status());
        assertTrue(end.bytesSent() < 24 << 20, end::toString);
      }
      assertEquals(2, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldOutliveAServerThatDiesAndComesBack(final Backend backend) {
    final ScriptedServer first = ScriptedServer.start(peer -> peer.serve(OK));
    final int port = first.port();
    try (Driver driver = new Driver(Plans.of(port, 1, 0, GET), backend)) {
      assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
      first.close();
      assertFalse(driver.endsWithin(20));
      final Ended refused = driver.exchange(0, 0);
      assertEquals(RequestOutcome.CONNECT_REFUSED, refused.outcome());
      assertEquals(0, refused.bytesSent());
      assertEquals(-1, refused.sentNs());
      try (ScriptedServer second = ScriptedServer.startOn(port, peer -> peer.serve(OK))) {
        assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
        assertEquals(1, second.accepted());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldRefuseCallsOfAnotherThreadAndAfterTheEnd(final Backend backend) throws Exception {
    final Driver driver = new Driver(Plans.of(9, 1, 0, GET), backend);
    driver.poll();
    final Throwable[] thrown = new Throwable[1];
    final Thread other =
        new Thread(() -> thrown[0] = assertThrows(IllegalStateException.class, driver::poll));
    other.start();
    other.join();
    assertTrue(thrown[0].getMessage().contains("called by"), thrown[0]::toString);
    driver.close();
    driver.close();
    assertThrows(IllegalStateException.class, driver::poll);
  }

  /** Answers the request that was read and leaves it to the client to close. */
  private static void answer(final ScriptedServer.Peer peer, final String response)
      throws IOException {
    peer.write(response);
    assertFalse(peer.request(), "the connection was used again");
  }

  private static void firstFailsThenRecovers(
      final Backend backend, final RequestOutcome expected, final int status, final Script first) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  if (peer.index == 0) {
                    peer.request();
                    first.run(peer);
                  } else {
                    peer.serve(OK);
                  }
                });
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, GET), backend)) {
      final Ended failed = driver.exchange(0, 0);
      assertEquals(expected, failed.outcome(), failed::toString);
      assertTrue(failed.bytesSent() > 0, failed::toString);
      assertEquals(status, failed.status(), failed::toString);
      final Ended next = driver.exchange(0, 0);
      assertEquals(RequestOutcome.RESPONSE, next.outcome(), next::toString);
      assertTrue(next.connectNs() > 0, "must be a new connection");
      assertEquals(2, server.accepted());
    }
  }
}
