package io.lockstep.engine.transport.net;

import static io.lockstep.engine.transport.net.ScriptedServer.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.NameLookup;
import io.lockstep.engine.core.port.NameLookup.Outcome;
import io.lockstep.engine.core.port.NameLookups;
import io.lockstep.engine.transport.route.Way;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Keeping;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.Route;
import io.lockstep.scenario.plan.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real dnsmasq whose records change, where it is installed. */
class NamesTest {
  private static final String DNSMASQ =
      """
      port=PORT
      listen-address=127.0.0.1
      bind-interfaces
      no-resolv
      no-hosts
      no-daemon
      local=/test/
      addn-hosts=DIR/hosts
      """;
  private static final long TTL_NS = 100_000_000;

  private static ServerProgram server;

  @BeforeAll
  static void startDnsmasq() throws IOException {
    ServerProgram.assumeInstalled("dnsmasq");
    server = ServerProgram.start("dnsmasq", DNSMASQ, "--conf-file=");
  }

  @AfterAll
  static void stopDnsmasq() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static void serve(final String... lines) throws IOException {
    Files.write(server.file("hosts"), List.of(lines));
    assertTrue(server.file("hosts").toFile().setReadable(true, false));
    server.hangUp();
  }

  private static Opening asking(final long ttlNs) {
    return Opening.PLAIN.with(
        new Route(null, "127.0.0.1:" + server.port(), ttlNs, false, Route.ATTEMPT_DELAY_NS));
  }

  /** Waits for what the server was told. */
  private static Resolution resolved(final String host, final int port, final int addresses)
      throws IOException {
    final long deadlineNs = System.nanoTime() + 10_000_000_000L;
    while (true) {
      try {
        final Resolution found =
            Resolution.resolve(new Target(false, host, port, ""), asking(Route.FOREVER));
        if (found.addresses().size() == addresses) {
          return found;
        }
      } catch (final NetworkException e) {
        assertTrue(System.nanoTime() < deadlineNs, e::getMessage);
      }
      assertTrue(System.nanoTime() < deadlineNs, "the name server did not take its records");
    }
  }

  @Test
  void shouldAskTheNameServerForAllAddressesOfAName() throws IOException {
    serve("127.0.0.2 shop.test", "127.0.0.3 shop.test", "::1 shop.test");
    final Resolution found = resolved("shop.test", 81, 3);
    assertTrue(found.addresses().toString().contains("/127.0.0.2:81"), found::toString);
    assertTrue(found.addresses().toString().contains("[0:0:0:0:0:0:0:1]:81"), found::toString);
    assertTrue(found.tookNs() > 0);
  }

  @Test
  void shouldSayWhatTheNameServerSays() {
    final NetworkException unknown =
        assertThrows(
            NetworkException.class,
            () ->
                Resolution.resolve(
                    new Target(false, "nobody.test", 80, ""), asking(Route.FOREVER)));
    assertTrue(
        unknown
            .getMessage()
            .startsWith(
                "host name not resolved by the name server 127.0.0.1:"
                    + server.port()
                    + ": nobody.test: "),
        unknown::getMessage);
    assertTrue(unknown.getMessage().contains("NXDOMAIN"), unknown::getMessage);
  }

  @Test
  void shouldLookNothingUpThatIsAnAddress() throws IOException {
    final Resolution address =
        Resolution.resolve(new Target(false, "127.0.0.4", 80, ""), asking(TTL_NS));
    assertEquals(0, address.tookNs());
    assertEquals(
        List.of(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 4}), 80)),
        address.addresses());
  }

  /** Two servers, of which one after the other has the name; then nobody has. */
  @Test
  void shouldConnectToNewAddressesAndKeepTheOldOnesWhereALookupFails() throws IOException {
    serve("127.0.0.1 moving.test");
    final Opening opening = asking(TTL_NS);
    try (ScriptedServer here = ScriptedServer.start(peer -> peer.serve(OK))) {
      final int port = here.port();
      resolved("moving.test", port, 1);
      final Plan plan =
          Plans.connecting(
              Plans.of(port, 1, Connections.PER_REQUEST, Plans.get(0, "/")),
              Keeping.FOREVER,
              opening);
      final Plan named = plan.withTarget(new Target(false, "moving.test", port, ""));
      try (Driver driver =
          new Driver(
              named,
              Backend.AUTO,
              TlsCredentials.NONE,
              Resolution.resolve(named.target(), opening))) {
        final NameLookup first = driver.transport.lookups().poll();
        assertEquals(Outcome.FIRST, first.outcome());
        assertEquals("127.0.0.1", first.text());
        assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
        serve("127.0.0.9 moving.test"); // where nobody listens
        final NameLookup changed = next(driver, Outcome.CHANGED);
        assertEquals("127.0.0.9", changed.text());
        assertEquals(1, changed.addresses());
        assertTrue(changed.tookNs() > 0);
        assertEquals(RequestOutcome.CONNECT_REFUSED, driver.exchange(0, 0).outcome());
        serve("127.0.0.1 moving.test");
        assertEquals("127.0.0.1", next(driver, Outcome.CHANGED).text());
        assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
        serve("127.0.0.1 other.test");
        final NameLookup failed = next(driver, Outcome.FAILED);
        assertTrue(failed.text().contains("moving.test"), failed::text);
        assertEquals(1, failed.addresses());
        assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
      }
    }
  }

  /** The one that is told of lookups may be the first to end. */
  @Test
  void shouldLookUpUntilTheLastShardEnds() throws Exception {
    serve("127.0.0.1 moving.test");
    resolved("moving.test", 80, 1);
    final Way way = Way.find(new Target(false, "moving.test", 80, ""), asking(TTL_NS), null);
    final NameLookups told = way.open(true);
    way.open(false);
    told.end();
    way.close();
    serve("127.0.0.9 moving.test");
    final long startNs = System.nanoTime();
    while (!isAt(way, "127.0.0.9") && System.nanoTime() - startNs < 20_000_000_000L) {
      Thread.sleep(5);
    }
    assertTrue(isAt(way, "127.0.0.9"));
    final NameLookup lookup = told.poll();
    for (int i = 0; i < 1_000; i++) {
      assertTrue(told.offer(lookup), "a lookup waits for nobody");
    }
    way.close();
  }

  private static boolean isAt(final Way way, final String address) {
    return way.addresses()[0].getAddress().getHostAddress().equals(address);
  }

  private static NameLookup next(final Driver driver, final Outcome wanted) {
    final long deadlineNs = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < deadlineNs) {
      final NameLookup lookup = driver.transport.lookups().poll();
      if (lookup != null && lookup.outcome() == wanted) {
        return lookup;
      }
      driver.poll();
    }
    throw new AssertionError("no lookup that is " + wanted);
  }
}
