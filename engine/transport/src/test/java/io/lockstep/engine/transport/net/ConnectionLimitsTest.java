package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.ConnectionCounts;
import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Keeping;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When connections are opened, from where to where, and how long they are kept; each backend. */
class ConnectionLimitsTest {
  private static final String OK = ScriptedServer.OK;
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final RequestPlan GET = Plans.get(0, "/");
  private static final long MS = 1_000_000;
  private static final long NO = Keeping.UNLIMITED;

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldUseANewConnectionForEachRequestAndSayThatItCloses(final Backend backend) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver =
            new Driver(Plans.of(server.port(), 2, Connections.PER_REQUEST, GET), backend)) {
      for (int i = 0; i < 6; i++) {
        final Ended end = driver.exchange(i % 2, 0);
        assertEquals(RequestOutcome.RESPONSE, end.outcome());
        assertTrue(end.connectNs() > 0, end::toString);
      }
      assertEquals(6, server.accepted());
      assertTrue(
          server.requests().stream().allMatch(head -> head.contains("\r\nConnection: close\r\n")));
      assertEquals(new ConnectionCounts(6, 0, 0, 0, 0, 0), counts(driver));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldCloseAfterSoManyRequests(final Backend backend) {
    for (final int pool : new int[] {Connections.PER_VU, 1}) {
      try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
          Driver driver = driver(server, 1, pool, new Keeping(3, NO, NO), backend)) {
        for (int i = 0; i < 7; i++) {
          final Ended end = driver.exchange(0, 0);
          assertEquals(RequestOutcome.RESPONSE, end.outcome());
          assertEquals(i % 3 == 0, end.connectNs() > 0, end::toString);
        }
        assertEquals(3, server.accepted());
        assertEquals(2, counts(driver).retired());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldCloseWhatNobodyWantsForTooLong(final Backend backend) {
    for (final int pool : new int[] {Connections.PER_VU, 4}) {
      try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
          Driver driver = driver(server, 4, pool, new Keeping(NO, 300 * MS, NO), backend)) {
        for (int vu = 0; vu < 4; vu++) {
          driver.send(vu, 0);
        }
        for (int i = 0; i < 4; i++) {
          assertEquals(RequestOutcome.RESPONSE, driver.next().outcome());
        }
        assertEquals(0, counts(driver).retired());
        driver.pollUntil(4, () -> counts(driver).retired());
        assertTrue(driver.exchange(2, 0).connectNs() > 0);
        assertEquals(5, server.accepted());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldGiveNoRequestToWhatIsTooOld(final Backend backend) throws InterruptedException {
    for (final int pool : new int[] {Connections.PER_VU, 1}) {
      try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
          Driver driver = driver(server, 1, pool, new Keeping(NO, NO, 400 * MS), backend)) {
        assertTrue(driver.exchange(0, 0).connectNs() > 0);
        assertEquals(0, driver.exchange(0, 0).connectNs());
        Thread.sleep(450);
        assertTrue(driver.exchange(0, 0).connectNs() > 0, "an old connection was used");
        assertEquals(1, counts(driver).retired());
        assertEquals(2, server.accepted());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldHaveConnectionsOpenBeforeTheFirstRequest(final Backend backend) {
    for (final int pool : new int[] {Connections.PER_VU, 8}) {
      try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
          Driver driver =
              driver(Plans.of(server.port(), 10, pool, GET), opening(8, 100), backend)) {
        final long beforeNs = System.nanoTime();
        prepare(driver);
        final long tookNs = System.nanoTime() - beforeNs;
        assertTrue(tookNs > 60 * MS, "8 at 100 a second took " + tookNs);
        assertEquals(new ConnectionCounts(8, 8, 0, 0, 0, 0), counts(driver));
        for (int vu = 0; vu < 8; vu++) {
          driver.send(vu, 0);
        }
        for (int i = 0; i < 8; i++) {
          final Ended end = driver.next();
          assertEquals(RequestOutcome.RESPONSE, end.outcome());
          assertEquals(0, end.connectNs(), end::toString);
        }
        assertEquals(8, server.accepted());
        assertEquals(RequestOutcome.RESPONSE, driver.exchange(9, 0).outcome());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldBeginAllTheSameWhereNothingOpensAhead(final Backend backend) throws IOException {
    final int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    for (final int pool : new int[] {Connections.PER_VU, 3}) {
      try (Driver driver = driver(Plans.of(port, 3, pool, GET), opening(3, 1_000_000), backend)) {
        prepare(driver);
        assertEquals(new ConnectionCounts(0, 0, 3, 0, 0, 0), counts(driver));
        assertEquals(RequestOutcome.CONNECT_REFUSED, driver.exchange(0, 0).outcome());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldGiveUpOpeningAheadWhenTheRunIsToBegin(final Backend backend) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver = driver(Plans.of(server.port(), 9, 0, GET), opening(9, 1), backend)) {
      assertFalse(driver.transport.prepare(System.nanoTime(), false));
      assertTrue(driver.transport.prepare(System.nanoTime(), true));
      assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
      assertEquals(RequestOutcome.RESPONSE, driver.exchange(8, 0).outcome());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldConnectFromAddressesInTurn(final Backend backend) {
    final Set<String> peers = ConcurrentHashMap.newKeySet();
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peers.add(peer.socket.getInetAddress().getHostAddress());
                  peer.serve(OK);
                });
        Driver driver =
            driver(
                Plans.of(server.port(), 4, 0, GET),
                new Opening(0, 1, List.of("127.0.0.2", "127.0.0.3"), false, List.of(), ""),
                backend)) {
      for (int vu = 0; vu < 4; vu++) {
        assertEquals(RequestOutcome.RESPONSE, driver.exchange(vu, 0).outcome());
      }
      assertEquals(Set.of("127.0.0.2", "127.0.0.3"), peers);
    }
  }

  @Test
  void shouldRefuseASourceThatIsNotOfThisMachine() {
    final NetworkException refused =
        assertThrows(
            NetworkException.class,
            () ->
                Resolution.resolve(
                    Plans.of(1, 1, 0, GET).target(),
                    new Opening(0, 1, List.of("192.0.2.1"), false, List.of(), "")));
    assertTrue(refused.getMessage().startsWith("cannot connect from 192.0.2.1: "));
  }

  /** 127.0.0.9 and 127.0.0.1 are both loopback, and only the second listens. */
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldTryTheOtherAddressesOfAHostWhereOneRefuses(final Backend backend) {
    for (final boolean inTurn : new boolean[] {false, true}) {
      final Opening.Host host =
          new Opening.Host("127.0.0.1", List.of("127.0.0.9", "127.0.0.1", "127.0.0.8"));
      try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
          Driver driver =
              driver(
                  Plans.of(server.port(), 6, 0, GET),
                  new Opening(0, 1, List.of(), inTurn, List.of(host), ""),
                  backend)) {
        for (int vu = 0; vu < 6; vu++) {
          assertEquals(RequestOutcome.RESPONSE, driver.exchange(vu, 0).outcome());
        }
        assertEquals(6, counts(driver).opened());
        assertEquals(6, server.accepted());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldTalkOverAUnixSocket(final Backend backend) throws IOException {
    final Path path = directory.resolve("s");
    final AtomicInteger accepted = new AtomicInteger();
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      final Thread thread = new Thread(() -> serve(server, accepted), "unix-server");
      thread.setDaemon(true);
      thread.start();
      try (Driver driver =
          driver(
              Plans.of(1, 2, 0, GET),
              new Opening(0, 1, List.of(), false, List.of(), path.toString()),
              backend)) {
        for (int i = 0; i < 6; i++) {
          final Ended end = driver.exchange(i % 2, 0);
          assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
          assertEquals(200, end.status());
        }
        assertEquals(2, accepted.get());
      }
    }
    try (Driver driver =
        driver(
            Plans.of(1, 1, 0, GET),
            new Opening(0, 1, List.of(), false, List.of(), path + "-not-there"),
            backend)) {
      assertEquals(RequestOutcome.CONNECT_UNREACHABLE, driver.exchange(0, 0).outcome());
    }
  }

  private static void serve(final ServerSocketChannel server, final AtomicInteger accepted) {
    try {
      while (true) {
        final SocketChannel client = server.accept();
        accepted.incrementAndGet();
        final Thread thread = new Thread(() -> answer(client), "unix-peer");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (final ClosedChannelException e) {
      assertFalse(server.isOpen());
    } catch (final IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void answer(final SocketChannel client) {
    final ByteBuffer buffer = ByteBuffer.allocate(4096);
    try (SocketChannel peer = client) {
      while (peer.read(buffer.clear()) > 0) {
        peer.write(ByteBuffer.wrap(OK.getBytes(StandardCharsets.US_ASCII)));
      }
    } catch (final IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void prepare(final Driver driver) {
    final long deadlineNs = System.nanoTime() + 10_000 * MS;
    while (!driver.transport.prepare(System.nanoTime(), false)) {
      assertTrue(System.nanoTime() < deadlineNs, "never prepared");
    }
  }

  private static ConnectionCounts counts(final Driver driver) {
    return driver.transport.connections().counts();
  }

  private static Opening opening(final int ahead, final int perSecond) {
    return new Opening(ahead, perSecond, List.of(), false, List.of(), "");
  }

  private static Driver driver(
      final ScriptedServer server,
      final int vus,
      final int pool,
      final Keeping keeping,
      final Backend backend) {
    return new Driver(
        Plans.connecting(Plans.of(server.port(), vus, pool, GET), keeping, Opening.PLAIN), backend);
  }

  private static Driver driver(final Plan plan, final Opening opening, final Backend backend) {
    return new Driver(Plans.connecting(plan, Keeping.FOREVER, opening), backend);
  }
}
