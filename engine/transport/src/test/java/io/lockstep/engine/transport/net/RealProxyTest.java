package io.lockstep.engine.transport.net;

import static io.lockstep.engine.transport.net.Routes.driver;
import static io.lockstep.engine.transport.net.Routes.proxy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.engine.transport.certificate.Authority;
import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.engine.transport.target.TargetTls;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Proxy;
import io.lockstep.scenario.plan.Proxy.Kind;
import io.lockstep.scenario.plan.Proxy.Tunnel;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against tinyproxy, Squid and Dante, where they are installed. */
@SuppressWarnings("TimeInStaticInitializer") // certificates are of the moment
class RealProxyTest {
  private static final String TINYPROXY =
      """
      Port PORT
      Listen 127.0.0.1
      Allow 127.0.0.1
      MaxClients 50
      BasicAuth rider s3cret
      """;

  /** The helper wants a file with users, which is none that the proxy writes. */
  private static final String SQUID =
      """
      http_port 127.0.0.1:PORT
      pid_filename none
      access_log none
      cache_log /dev/null
      cache_store_log none
      cache_mem 0 MB
      cache deny all
      netdb_filename none
      coredump_dir DIR
      shutdown_lifetime 0 seconds
      max_filedescriptors 1024
      dns_nameservers 127.0.0.1
      auth_param basic program /usr/lib/squid/basic_ncsa_auth USERS
      auth_param basic children 1
      acl known proxy_auth REQUIRED
      http_access allow known
      http_access deny all
      """;

  /** Of the password s3cret, by {@code openssl passwd -apr1}. */
  private static final String USERS = "rider:$apr1$lockstep$d/I3VCAoVwn6Dj2dj.vom/\n";

  private static final String DANTE =
      """
      logoutput: stderr
      internal: 127.0.0.1 port = PORT
      external: 127.0.0.1
      socksmethod: none
      clientmethod: none
      user.privileged: root
      user.unprivileged: nobody
      client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }
      socks pass { from: 127.0.0.0/8 to: 127.0.0.0/8 }
      socks block { from: 0.0.0.0/0 to: 0.0.0.0/0 }
      """;

  private static final Instant NOW = Instant.now();
  private static final Authority AUTHORITY = Authority.create("Test authority", NOW);
  private static final TargetTls SHOWN = shown();

  private static TargetTls shown() {
    final var issued =
        AUTHORITY.issue(
            "server",
            NOW.minus(Duration.ofDays(1)),
            NOW.plus(Duration.ofDays(1)),
            List.of("127.0.0.1"));
    return TargetTls.of(issued.key(), List.of(issued.certificate()));
  }

  /** Five users with a connection each, opened ahead where that is wanted, over and over. */
  private static void exchangeMany(
      final Proxy proxy, final boolean secure, final Backend backend, final int ahead)
      throws IOException {
    final int vus = 5;
    try (TargetServer target =
        TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1, secure ? SHOWN : null)) {
      final Plan plain =
          Plans.of(target.address().getPort(), vus, 0, 5_000_000_000L, Plans.get(0, "/bytes?n=9"));
      try (Driver driver =
          driver(
              secure ? Routes.secured(plain) : plain,
              proxy,
              Routes.PASSWORD,
              new Opening(ahead, 1_000, List.of(), false, List.of(), ""),
              backend)) {
        while (!driver.transport.prepare(System.nanoTime(), false)) {
          Thread.onSpinWait();
        }
        for (int i = 0; i < 4 * vus; i++) {
          final Ended end = driver.exchange(i % vus, 0);
          assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
          assertEquals(200, end.status(), end::toString);
          assertEquals(i < vus && ahead == 0, end.connectNs() > 0, end::toString);
          assertEquals(secure && i < vus && ahead == 0, end.secured().tlsNs() > 0, end::toString);
        }
        assertEquals(vus, driver.transport.connections().counts().opened());
        assertEquals(4 * vus, target.requests());
      }
    }
  }

  private static Ended refused(final Proxy proxy, final String password) throws IOException {
    final Plan plan = Plans.of(ServerProgram.freePort(), 1, 0, 5_000_000_000L, Plans.get(0, "/"));
    try (Driver driver = driver(plan, proxy, password, Opening.PLAIN, Backend.AUTO)) {
      return driver.exchange(0, 0);
    }
  }

  private static Proxy http(final int port, final Tunnel tunnel) {
    return proxy(Kind.HTTP, port, tunnel, Routes.USER);
  }

  @Test
  void shouldGoThroughTinyproxyInTunnels() throws IOException {
    ServerProgram.assumeInstalled("tinyproxy");
    try (ServerProgram server = ServerProgram.start("tinyproxy", TINYPROXY, "-d", "-c")) {
      for (final Backend backend : List.of(Backend.AUTO, Backend.NIO)) {
        exchangeMany(http(server.port(), Tunnel.ALWAYS), false, backend, 0);
        exchangeMany(http(server.port(), Tunnel.AUTO), true, backend, 0);
      }
      exchangeMany(http(server.port(), Tunnel.AUTO), true, Backend.AUTO, 5);
      final Ended wrong = refused(http(server.port(), Tunnel.ALWAYS), "guessed");
      assertEquals(RequestOutcome.PROXY_AUTHENTICATION, wrong.outcome(), wrong::toString);
      final Ended unreachable = refused(http(server.port(), Tunnel.ALWAYS), Routes.PASSWORD);
      assertEquals(RequestOutcome.PROXY_REFUSED, unreachable.outcome(), unreachable::toString);
      assertTrue(unreachable.reason().contains("answered 50"), unreachable::toString);
    }
  }

  @Test
  void shouldGoThroughSquidInTunnelsAndWithout() throws IOException {
    ServerProgram.assumeInstalled("squid");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/lib/squid/basic_ncsa_auth")), "squid has no helper");
    final Path users = Files.createTempFile("lockstep-squid", ".users");
    Files.writeString(users, USERS);
    assertTrue(users.toFile().setReadable(true, false));
    try (ServerProgram server =
        ServerProgram.start("squid", SQUID.replace("USERS", users.toString()), "-N", "-f")) {
      exchangeMany(http(server.port(), Tunnel.ALWAYS), false, Backend.AUTO, 0);
      exchangeMany(http(server.port(), Tunnel.AUTO), false, Backend.NIO, 0);
      exchangeMany(http(server.port(), Tunnel.AUTO), true, Backend.NIO, 5);
      final Ended wrong = refused(http(server.port(), Tunnel.ALWAYS), "guessed");
      assertEquals(RequestOutcome.PROXY_AUTHENTICATION, wrong.outcome(), wrong::toString);
      assertTrue(wrong.reason().contains("407"), wrong::toString);
      final Ended unreachable = refused(http(server.port(), Tunnel.ALWAYS), Routes.PASSWORD);
      assertEquals(RequestOutcome.PROXY_REFUSED, unreachable.outcome(), unreachable::toString);
      assertTrue(unreachable.reason().contains("answered 503"), unreachable::toString);
      final Ended spoken = refused(http(server.port(), Tunnel.NEVER), Routes.PASSWORD);
      assertEquals(RequestOutcome.RESPONSE, spoken.outcome(), spoken::toString);
      assertEquals(503, spoken.status(), spoken::toString);
    } finally {
      Files.delete(users);
    }
  }

  @Test
  void shouldGoThroughDanteByAddressAndByName() throws IOException {
    ServerProgram.assumeInstalled("danted");
    try (ServerProgram server = ServerProgram.start("danted", DANTE, "-f")) {
      for (final Kind kind : List.of(Kind.SOCKS5, Kind.SOCKS5H)) {
        exchangeMany(proxy(kind, server.port()), false, Backend.AUTO, 0);
        exchangeMany(proxy(kind, server.port()), true, Backend.NIO, 5);
        final Ended nobody = refused(proxy(kind, server.port()), "");
        assertEquals(RequestOutcome.PROXY_REFUSED, nobody.outcome(), nobody::toString);
        assertTrue(nobody.reason().endsWith("says: connection refused"), nobody::toString);
      }
      final Plan forbidden =
          Plans.of(80, 1, 0, Plans.get(0, "/")).withTarget(new Target(false, "192.0.2.1", 80, ""));
      try (Driver driver = driver(forbidden, proxy(Kind.SOCKS5, server.port()), Backend.AUTO)) {
        final Ended end = driver.exchange(0, 0);
        assertEquals(RequestOutcome.PROXY_REFUSED, end.outcome(), end::toString);
        assertTrue(end.reason().endsWith("not allowed by its rules"), end::toString);
      }
      final Plan unknown =
          Plans.of(80, 1, 0, 8_000_000_000L, Plans.get(0, "/"))
              .withTarget(new Target(false, "no.such.host.invalid", 80, ""));
      try (Driver driver = driver(unknown, proxy(Kind.SOCKS5H, server.port()), Backend.AUTO)) {
        assertNotEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
      }
    }
  }
}
