package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many VUs: pools, queues, cancels, limits and failures to connect, on each backend. */
class SharedConnectionsTest {
  private static final String OK = ScriptedServer.OK;
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final RequestPlan GET = Plans.get(0, "/");

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldServeWaitersInOrderOverNoMoreConnectionsThanThePoolHas(final Backend backend) {
    final RequestPlan[] requests =
        IntStream.range(0, 40).mapToObj(i -> Plans.get(i, "/" + i)).toArray(RequestPlan[]::new);
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver = new Driver(Plans.of(server.port(), 40, 1, requests), backend)) {
      for (int vu = 0; vu < 40; vu++) {
        driver.send(vu, vu);
      }
      for (int vu = 0; vu < 40; vu++) {
        final Ended end = driver.next();
        assertEquals(RequestOutcome.RESPONSE, end.outcome());
        assertEquals(vu, end.vu());
        assertTrue(server.requests().get(vu).startsWith("GET /" + vu + " "));
      }
      assertEquals(1, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldKeepServingWaitersWhenConnectionsAreClosedAfterEachResponse(final Backend backend) {
    final String closing = OK.replace("Content", "Connection: close\r\nContent");
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.request();
                  peer.write(peer.index % 2 == 0 ? closing : OK);
                });
        Driver driver = new Driver(Plans.of(server.port(), 300, 3, GET), backend)) {
      for (int vu = 0; vu < 300; vu++) {
        driver.send(vu, 0);
      }
      int responses = 0;
      for (int i = 0; i < 300; i++) {
        final RequestOutcome outcome = driver.next().outcome();
        // A connection given away just before the server's close arrives fails, and is not retried.
        assertTrue(
            outcome == RequestOutcome.RESPONSE
                || outcome == RequestOutcome.CLOSED_EARLY
                || outcome == RequestOutcome.RESET,
            outcome::toString);
        responses += outcome == RequestOutcome.RESPONSE ? 1 : 0;
      }
      assertTrue(responses >= 150, "responses: " + responses);
      assertFalse(driver.endsWithin(20));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldRefuseEachWaiterOfAClosedPortOnce(final Backend backend) throws IOException {
    final int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (Driver driver = new Driver(Plans.of(port, 5000, 4, GET), backend)) {
      for (int vu = 0; vu < 5000; vu++) {
        driver.send(vu, 0);
      }
      final boolean[] seen = new boolean[5000];
      for (int i = 0; i < 5000; i++) {
        final Ended end = driver.next();
        assertEquals(RequestOutcome.CONNECT_REFUSED, end.outcome());
        assertFalse(seen[end.vu()], "twice");
        seen[end.vu()] = true;
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldGiveUpConnectingWhenNobodyAnswers(final Backend backend) throws IOException {
    final List<SocketChannel> fillers = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 8; i++) {
        final SocketChannel filler = SocketChannel.open();
        filler.configureBlocking(false);
        filler.connect(full.getLocalSocketAddress());
        fillers.add(filler);
      }
      try (Driver driver = new Driver(Plans.of(full.getLocalPort(), 2, 0, GET), backend)) {
        driver.send(0, 0);
        driver.send(1, 0);
        for (int i = 0; i < 2; i++) {
          final Ended end = driver.next();
          assertEquals(RequestOutcome.CONNECT_TIMEOUT, end.outcome());
          assertTrue(end.connectNs() >= Plans.CONNECT_TIMEOUT_NS * 9 / 10, end::toString);
          assertEquals(0, end.bytesSent());
        }
      }
    } finally {
      for (final SocketChannel filler : fillers) {
        filler.close();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldCompleteNothingAfterACancelWhereverTheRequestIs(final Backend backend) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver = new Driver(Plans.of(server.port(), 4, 1, GET), backend)) {
      final int connecting = driver.send(0, 0);
      final int waiting = driver.send(1, 0);
      final int lasting = driver.send(2, 0);
      driver.transport.cancel(1, waiting);
      driver.transport.cancel(0, connecting);
      driver.transport.cancel(0, connecting);
      driver.transport.cancel(2, lasting + 99);
      final Ended end = driver.next();
      assertEquals(2, end.vu());
      assertEquals(RequestOutcome.RESPONSE, end.outcome());
      driver.transport.cancel(2, lasting);
      assertFalse(driver.endsWithin(30));
      assertEquals(RequestOutcome.RESPONSE, driver.exchange(3, 0).outcome());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldAbandonABusyConnectionOnCancel(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  while (peer.request()) {
                    peer.pause(peer.index == 0 ? 80 : 0);
                    peer.write(OK);
                  }
                });
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, GET), backend)) {
      final int slow = driver.send(0, 0);
      assertFalse(driver.endsWithin(30));
      driver.transport.cancel(0, slow);
      final Ended end = driver.exchange(0, 0);
      assertEquals(RequestOutcome.RESPONSE, end.outcome());
      assertTrue(end.connectNs() > 0);
      assertFalse(driver.endsWithin(100), "the cancelled request ended");
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldHandOverNoMoreThanTheLimitThoughTheHandlerGoesOnAtOnce(final Backend backend) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver = new Driver(Plans.of(server.port(), 20, 0, GET), backend)) {
      for (int vu = 0; vu < 20; vu++) {
        driver.send(vu, 0);
      }
      final int[] counts = new int[2];
      while (counts[0] < 2000) {
        counts[1] = 0;
        driver.transport.poll(
            0,
            c -> {
              assertEquals(RequestOutcome.RESPONSE, c.outcome);
              counts[0]++;
              counts[1]++;
              driver.send(c.vu, 0);
            },
            3);
        assertTrue(counts[1] <= 3, "handed over " + counts[1]);
      }
      assertEquals(20, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSurfaceASecondRequestOfABusyVu(final Backend backend) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.request());
        Driver own = new Driver(Plans.of(server.port(), 1, 0, GET), backend);
        Driver pooled = new Driver(Plans.of(server.port(), 1, 1, GET), backend)) {
      for (final Driver driver : List.of(own, pooled)) {
        driver.send(0, 0);
        final IllegalStateException e =
            assertThrows(IllegalStateException.class, () -> driver.send(0, 0));
        assertTrue(e.getMessage().contains("VU 0 has a request under way"), e::getMessage);
      }
    }
  }

  @Test
  void shouldShareThePoolOverTheShardsWithAtLeastOneEach() {
    assertEquals(
        10, IntStream.range(0, 3).map(shard -> NetworkTransport.shareOf(10, shard, 3)).sum());
    assertEquals(4, NetworkTransport.shareOf(10, 0, 3));
    assertEquals(3, NetworkTransport.shareOf(10, 2, 3));
    assertEquals(1, NetworkTransport.shareOf(2, 4, 5));
  }
}
