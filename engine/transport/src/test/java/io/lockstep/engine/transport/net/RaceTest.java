package io.lockstep.engine.transport.net;

import static io.lockstep.engine.transport.net.ScriptedServer.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.scenario.plan.Keeping;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses tried side by side: RFC 8305. */
class RaceTest {
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final RequestPlan GET = Plans.get(0, "/");
  private static final long DELAY_NS = 60_000_000;
  private static final long PATIENCE_NS = 5_000_000_000L;

  /** Takes connections until its queue is full; then it answers nobody, and refuses nobody. */
  private static final class Hole implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> filling = new ArrayList<>();

    Hole(final String address, final int port) throws IOException {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getByName(address), port), 1);
    }

    /** Fills the queue. */
    void dig() throws IOException {
      for (int i = 0; i < 8; i++) {
        final Socket one = new Socket();
        filling.add(one);
        try {
          one.connect(server.getLocalSocketAddress(), 100);
        } catch (final SocketTimeoutException e) {
          return; // full
        }
      }
      throw new IOException("a queue of one takes 8 connections");
    }

    @Override
    public void close() throws IOException {
      for (final Socket one : filling) {
        one.close();
      }
      server.close();
    }
  }

  private static Driver driver(
      final int port, final Backend backend, final int vus, final String... addresses) {
    final Route racing = new Route(null, "", Route.FOREVER, true, DELAY_NS);
    final Opening.Host host = new Opening.Host("127.0.0.1", List.of(addresses));
    final Plan plan =
        Plans.connecting(
            Plans.of(port, vus, 0, PATIENCE_NS, GET),
            Keeping.FOREVER,
            new Opening(0, 1, List.of(), false, List.of(host), "", racing));
    return new Driver(plan, backend);
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldPassByAnAddressThatDoesNotAnswer(final Backend backend) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Hole hole = new Hole("127.0.0.7", server.port());
        Driver driver = driver(server.port(), backend, 3, "127.0.0.7", "127.0.0.1", "127.0.0.8")) {
      hole.dig();
      for (int vu = 0; vu < 3; vu++) {
        final Ended end = driver.exchange(vu, 0);
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
        assertTrue(end.connectNs() >= DELAY_NS && end.connectNs() < PATIENCE_NS, end::toString);
        assertEquals(0, driver.exchange(vu, 0).connectNs());
      }
      assertEquals(3, driver.transport.connections().counts().opened());
      assertEquals(3, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldGoOnAtOnceWhereAnAddressRefuses(final Backend backend) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver = driver(server.port(), backend, 1, "127.0.0.7", "127.0.0.8", "127.0.0.1")) {
      final Ended end = driver.exchange(0, 0);
      assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldFailAsTheLastAddressDid(final Backend backend) throws IOException {
    final int port = ServerProgram.freePort();
    try (Driver driver = driver(port, backend, 1, "127.0.0.7", "127.0.0.8")) {
      assertEquals(RequestOutcome.CONNECT_REFUSED, driver.exchange(0, 0).outcome());
      assertEquals(0, driver.transport.connections().counts().opened());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldGiveUpAllAttemptsWithTheRequest(final Backend backend) throws IOException {
    final int port = ServerProgram.freePort();
    try (Hole one = new Hole("127.0.0.7", port);
        Hole other = new Hole("127.0.0.8", port)) {
      one.dig();
      other.dig();
      final Route racing = new Route(null, "", Route.FOREVER, true, DELAY_NS);
      final Opening.Host host = new Opening.Host("127.0.0.1", List.of("127.0.0.7", "127.0.0.8"));
      final Plan plan =
          Plans.connecting(
              Plans.of(port, 2, 0, GET),
              Keeping.FOREVER,
              new Opening(0, 1, List.of(), false, List.of(host), "", racing));
      try (Driver driver = new Driver(plan, backend)) {
        driver.transport.cancel(1, driver.send(1, 0));
        final Ended end = driver.exchange(0, 0);
        assertEquals(RequestOutcome.CONNECT_TIMEOUT, end.outcome(), end::toString);
        assertTrue(end.connectNs() >= Plans.CONNECT_TIMEOUT_NS, end::toString);
        assertEquals(-1, end.sentNs());
      }
    }
  }

  /** The IPv6 address comes first though it is named last. */
  @Test
  void shouldTryBothFamiliesInTurnAndIpv6First() throws IOException {
    assumeTrue(hasIpv6(), "this machine has no ::1");
    try (ServerSocket six = new ServerSocket()) {
      six.bind(new InetSocketAddress(InetAddress.getAllByName("::1")[0], 0));
      final int port = six.getLocalPort();
      try (ScriptedServer four = ScriptedServer.startOn(port, peer -> peer.serve(OK));
          Driver driver = driver(port, Backend.AUTO, 1, "127.0.0.1", "::1")) {
        final int number = driver.send(0, 0);
        try (Socket accepted = accept(six, driver)) {
          driver.transport.cancel(0, number);
          assertEquals("0:0:0:0:0:0:0:1", accepted.getInetAddress().getHostAddress());
          assertEquals(0, four.accepted());
        }
      }
    }
  }

  /** The system's queue takes the connection; whoever polls sees it open. */
  private static Socket accept(final ServerSocket server, final Driver driver) throws IOException {
    driver.pollUntil(1, () -> driver.transport.connections().counts().opened());
    return server.accept();
  }

  /** A silent IPv6 address loses against one of IPv4, as with a tunnel that leads nowhere. */
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldFallBackToTheOtherFamily(final Backend backend) throws IOException {
    assumeTrue(hasIpv6(), "this machine has no ::1");
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Hole hole = new Hole("::1", server.port());
        Driver driver = driver(server.port(), backend, 1, "::1", "127.0.0.1")) {
      hole.dig();
      final Ended end = driver.exchange(0, 0);
      assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
      assertTrue(end.connectNs() >= DELAY_NS, end::toString);
    }
  }

  private static boolean hasIpv6() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getAllByName("::1")[0], 0));
      return true;
    } catch (final IOException e) {
      System.out.println("RaceTest: skipped in part, this machine has no ::1");
      return false;
    }
  }
}
