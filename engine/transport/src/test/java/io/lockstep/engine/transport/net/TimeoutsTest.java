package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose time is over, and who only seems so since nobody looked; on each backend. */
class TimeoutsTest {
  private static final String OK = ScriptedServer.OK;
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final long TIMEOUT_NS = 100_000_000;
  private static final RequestPlan GET = Plans.impatient(0, "/", TIMEOUT_NS);

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReportATimeoutWithAllThatWasMeasuredAndReconnect(final Backend backend) {
    final String part = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.request();
                  peer.write(peer.index == 0 ? part : OK);
                  assertFalse(peer.request());
                });
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, GET), backend)) {
      final Ended end = driver.exchange(0, 0);
      assertEquals(RequestOutcome.RESPONSE_TIMEOUT, end.outcome(), end::toString);
      assertEquals(200, end.status());
      assertEquals(part.length(), end.bytesReceived());
      assertEquals(server.requests().get(0).length(), end.bytesSent());
      assertTrue(end.connectNs() > 0, end::toString);
      assertTrue(0 < end.sentNs() && end.sentNs() < end.firstByteNs(), end::toString);
      assertTrue(end.lastByteNs() - end.sentNs() > TIMEOUT_NS / 2, end::toString);
      assertTrue(end.lastByteNs() < 5 * TIMEOUT_NS, end::toString);
      final Ended next = driver.exchange(0, 0);
      assertEquals(RequestOutcome.RESPONSE, next.outcome(), next::toString);
      assertTrue(next.connectNs() > 0, "must be a new connection");
      assertFalse(driver.endsWithin(150), "a deadline outlived its request");
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldCountTheTimeFromEachSendThoughTheTimerIsOlder(final Backend backend) {
    final RequestPlan get = Plans.impatient(0, "/", 4 * TIMEOUT_NS);
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  while (peer.request()) {
                    peer.pause(250);
                    peer.write(OK);
                  }
                });
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, get), backend)) {
      for (int i = 0; i < 4; i++) {
        final Ended end = driver.exchange(0, 0);
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
      }
      assertEquals(1, server.accepted());
    }
  }

  /** More answers than one run of the loop takes, and nobody polls until all are overdue. */
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldTakeAnswersThatLieInTheSocketsAfterALongStall(final Backend backend)
      throws IOException, InterruptedException {
    final int vus = 500;
    final RequestPlan late =
        backend.writesLater() ? Plans.impatient(0, "/delay?ms=60", TIMEOUT_NS) : GET;
    final RequestPlan patient = Plans.get(1, "/");
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
        Driver driver =
            new Driver(Plans.of(target.address().getPort(), vus, 0, late, patient), backend)) {
      for (int round = 0; round < 4; round++) {
        for (int vu = 0; vu < vus; vu++) {
          driver.send(vu, round == 0 ? 1 : 0);
        }
        if (round > 0) {
          if (backend.writesLater()) {
            driver.poll(); // brings the requests out, before any answer comes
            Thread.sleep(300);
          }
          stallUntilAnswered(target, (round + 1L) * vus);
        }
        for (int i = 0; i < vus; i++) {
          final Ended end = driver.next();
          assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
          assertTrue(round == 0 || end.lastByteNs() - end.sentNs() > TIMEOUT_NS, end::toString);
        }
      }
      assertEquals(4 * vus, target.requests());
      assertFalse(driver.endsWithin(10));
    }
  }

  /** The busy ones fill every run of the loop; the silent one's time is over all the same. */
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldExpireThoughEveryRunIsFull(final Backend backend) throws IOException {
    final int vus = 300;
    final RequestPlan silent = Plans.impatient(1, "/delay?ms=5000", TIMEOUT_NS);
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
        Driver driver =
            new Driver(Plans.of(target.address().getPort(), vus, 0, GET, silent), backend)) {
      driver.send(0, 1);
      for (int vu = 1; vu < vus; vu++) {
        driver.send(vu, 0);
      }
      Ended end = driver.next();
      while (end.vu() != 0) {
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
        driver.send(end.vu(), 0);
        end = driver.next();
      }
      assertEquals(RequestOutcome.RESPONSE_TIMEOUT, end.outcome());
      assertTrue(end.lastByteNs() - end.sentNs() < 20 * TIMEOUT_NS, end::toString);
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSayThatThePoolWasTheReasonWhereNoConnectionBecameFree(final Backend backend) {
    final RequestPlan brief = Plans.impatient(1, "/", TIMEOUT_NS / 2);
    try (ScriptedServer server = ScriptedServer.start(TimeoutsTest::neverAnswer);
        Driver driver = new Driver(Plans.of(server.port(), 3, 1, GET, brief), backend)) {
      final int carried = driver.send(0, 0);
      final int waiting = driver.send(1, 1);
      driver.transport.cancel(2, driver.send(2, 0));
      final Ended first = driver.next();
      final Ended second = driver.next();
      final Ended pooled = first.vu() == 1 ? first : second;
      final Ended timedOut = first.vu() == 1 ? second : first;
      assertEquals(RequestOutcome.POOL_TIMEOUT, pooled.outcome());
      assertEquals(waiting, pooled.seq());
      assertEquals(-1, pooled.sentNs());
      assertEquals(0, pooled.bytesSent());
      assertTrue(pooled.lastByteNs() >= TIMEOUT_NS / 2);
      assertEquals(RequestOutcome.RESPONSE_TIMEOUT, timedOut.outcome());
      assertEquals(carried, timedOut.seq());
      assertFalse(driver.endsWithin(150), "more completions than requests");
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldCallItAConnectTimeoutWhereTheRequestsTimeEndsWhileConnecting(final Backend backend)
      throws IOException {
    final List<SocketChannel> fillers = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 8; i++) {
        final SocketChannel filler = SocketChannel.open();
        filler.configureBlocking(false);
        filler.connect(full.getLocalSocketAddress());
        fillers.add(filler);
      }
      try (Driver driver = new Driver(Plans.of(full.getLocalPort(), 1, 0, GET), backend)) {
        final Ended end = driver.exchange(0, 0);
        assertEquals(RequestOutcome.CONNECT_TIMEOUT, end.outcome());
        assertEquals(-1, end.sentNs());
        assertTrue(end.connectNs() >= TIMEOUT_NS * 9 / 10, end::toString);
        assertTrue(end.connectNs() < Plans.CONNECT_TIMEOUT_NS, end::toString);
      }
    } finally {
      for (final SocketChannel filler : fillers) {
        filler.close();
      }
    }
  }

  /** All at once, as VUs begin; opening so many takes longer than one of them may. */
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldConnectThousandsAtOnceInTheTimeOfOne(final Backend backend) throws IOException {
    final int vus = 2_000;
    final RequestPlan patient = Plans.get(0, "/");
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
        Driver driver =
            new Driver(
                Plans.of(target.address().getPort(), vus, 0, 60_000_000, patient), backend)) {
      for (int vu = 0; vu < vus; vu++) {
        driver.send(vu, 0);
      }
      for (int i = 0; i < vus; i++) {
        final Ended end = driver.next();
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
      }
      assertFalse(driver.endsWithin(80), "more completions than requests");
    }
  }

  /** Reads until the client closes. */
  private static void neverAnswer(final ScriptedServer.Peer peer) throws IOException {
    int requests = 0;
    while (peer.request()) {
      requests++;
    }
    assertEquals(1, requests);
  }

  private static void stallUntilAnswered(final TargetServer target, final long requests)
      throws InterruptedException {
    Thread.sleep(300);
    final long deadlineNs = System.nanoTime() + 10_000_000_000L;
    while (target.requests() < requests) {
      assertTrue(System.nanoTime() < deadlineNs, "the target got " + target.requests());
      Thread.sleep(10);
    }
    Thread.sleep(100);
  }
}
