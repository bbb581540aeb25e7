package io.lockstep.engine.transport.net;

import static io.lockstep.engine.transport.net.Routes.driver;
import static io.lockstep.engine.transport.net.Routes.proxy;
import static io.lockstep.engine.transport.net.ScriptedServer.OK;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.RequestRenderer;
import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.engine.transport.net.ScriptedServer.Script;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Proxy;
import io.lockstep.scenario.plan.Proxy.Kind;
import io.lockstep.scenario.plan.Proxy.Tunnel;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Target;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Proxies that do what a test says, byte by byte. */
class ProxyTest {
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final RequestPlan GET = Plans.get(0, "/x");

  /** Nothing listens there: it is the proxy that is talked to. */
  private static final Plan PLAN = Plans.of(9, 1, 0, GET);

  private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";
  private static final int[] SOCKS_OK = {5, 0, 0, 1, 0, 0, 0, 0, 0, 0};

  private static Proxy tunnelling(final int port, final String user) {
    return proxy(Kind.HTTP, port, Tunnel.ALWAYS, user);
  }

  private static Ended exchange(final Script script, final Tunnel tunnel, final String user) {
    try (ScriptedServer server = ScriptedServer.start(script);
        Driver driver = driver(PLAN, proxy(Kind.HTTP, server.port(), tunnel, user), Backend.AUTO)) {
      return driver.exchange(0, 0);
    }
  }

  private static Ended socks(final Kind kind, final String user, final Script script) {
    try (ScriptedServer server = ScriptedServer.start(script);
        Driver driver = driver(PLAN, proxy(kind, server.port(), Tunnel.AUTO, user), Backend.AUTO)) {
      return driver.exchange(0, 0);
    }
  }

  private static void assertFails(
      final RequestOutcome outcome, final String words, final Ended ended) {
    assertEquals(outcome, ended.outcome(), ended::toString);
    assertTrue(String.valueOf(ended.reason()).contains(words), ended::toString);
    assertFalse(String.valueOf(ended.reason()).contains(Routes.PASSWORD), ended::toString);
    assertEquals(-1, ended.sentNs());
    assertEquals(0, ended.bytesSent());
    assertTrue(ended.connectNs() > 0, ended::toString);
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSpeakToTheTargetThroughATunnelAsIfItWasNear(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.request();
                  peer.write("HTTP/1.1 103 Early\r\n\r\n");
                  peer.pauseBriefly();
                  peer.write("HTTP/1.0 200 OK\r\nContent-Len");
                  peer.pauseBriefly();
                  peer.write("gth: 5\r\n\r\n"); // means nothing here
                  peer.serve(OK);
                });
        Driver driver = driver(PLAN, tunnelling(server.port(), Routes.USER), backend)) {
      for (int i = 0; i < 3; i++) {
        final Ended end = driver.exchange(0, 0);
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
        assertEquals(i == 0, end.connectNs() > 0);
        assertNull(end.reason());
      }
      assertEquals(
          "CONNECT 127.0.0.1:9 HTTP/1.1\r\nHost: 127.0.0.1:9\r\n"
              + "Proxy-Authorization: Basic cmlkZXI6czNjcmV0\r\n\r\n",
          server.requests().get(0));
      assertEquals("GET /x HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n", server.requests().get(1));
      assertEquals(4, server.requests().size());
      assertEquals(1, driver.transport.connections().counts().opened());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldHaveTheProxySpeakToAPlainTarget(final Backend backend) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver =
            driver(PLAN, proxy(Kind.HTTP, server.port(), Tunnel.AUTO, Routes.USER), backend)) {
      assertEquals(200, driver.exchange(0, 0).status());
      final int number =
          driver.send(
              0,
              0,
              new RequestRenderer()
                  .begin()
                  .text("POST")
                  .text("/y")
                  .headers(0)
                  .text("body")
                  .request());
      final Ended rendered = driver.next();
      assertEquals(number, rendered.seq());
      assertEquals(200, rendered.status());
      final String fields =
          " HTTP/1.1\r\nHost: 127.0.0.1:9\r\nProxy-Authorization: Basic cmlkZXI6czNjcmV0\r\n";
      assertEquals("GET http://127.0.0.1:9/x" + fields + "\r\n", server.requests().get(0));
      assertEquals(
          "POST http://127.0.0.1:9/y" + fields + "Content-Length: 4\r\n\r\n",
          server.requests().get(1));
    }
  }

  @Test
  void shouldSayWhatTheProxySaysWhereItOpensNoTunnel() {
    assertFails(
        RequestOutcome.PROXY_REFUSED,
        "answered 502 Bad Gateway to CONNECT",
        exchange(
            peer -> {
              peer.request();
              peer.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nno!");
              peer.request();
            },
            Tunnel.ALWAYS,
            ""));
    assertFails(
        RequestOutcome.PROXY_AUTHENTICATION,
        "wants a user: it answered 407 Who asks? (Basic realm=\"r\")",
        exchange(
            peer -> {
              peer.request();
              peer.write("HTTP/1.1 407 Who asks?\r\nProxy-Authenticate: Basic realm=\"r\"\r\n\r\n");
              peer.request();
            },
            Tunnel.ALWAYS,
            ""));
    assertFails(
        RequestOutcome.PROXY_AUTHENTICATION,
        "did not take the user and the password: it answered 407",
        exchange(
            peer -> {
              peer.request();
              peer.write("HTTP/1.1 407\r\n\r\n");
              peer.request();
            },
            Tunnel.ALWAYS,
            Routes.USER));
  }

  @Test
  void shouldTellAProxyThatBreaksOffFromOneThatSpeaksSomethingElse() {
    assertFails(
        RequestOutcome.PROXY_BROKEN,
        "closed the connection",
        exchange(peer -> peer.request(), Tunnel.ALWAYS, ""));
    assertFails(
        RequestOutcome.PROXY_BROKEN,
        "reset",
        exchange(
            peer -> {
              peer.request();
              peer.reset();
            },
            Tunnel.ALWAYS,
            ""));
    assertFails(
        RequestOutcome.PROXY_PROTOCOL,
        "no response of HTTP/1.1",
        exchange(
            peer -> {
              peer.request();
              peer.write("SSH-2.0-OpenSSH\r\n");
              peer.request();
            },
            Tunnel.ALWAYS,
            ""));
    assertFails(
        RequestOutcome.PROXY_PROTOCOL,
        "sent more than its answer",
        exchange(
            peer -> {
              peer.request();
              peer.write(ESTABLISHED + OK);
              peer.request();
            },
            Tunnel.ALWAYS,
            ""));
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldNotWaitForAProxyLongerThanForAConnection(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.request();
                  peer.request();
                });
        Driver driver = driver(PLAN, tunnelling(server.port(), ""), backend)) {
      final Ended end = driver.exchange(0, 0);
      assertFails(RequestOutcome.PROXY_TIMEOUT, "did not open the way in time", end);
      assertTrue(end.connectNs() >= Plans.CONNECT_TIMEOUT_NS, end::toString);
    }
  }

  @Test
  void shouldSayThatItWasTheProxyThatRefused() {
    final ScriptedServer server = ScriptedServer.start(peer -> {});
    final int port = server.port();
    server.close();
    try (Driver driver = driver(PLAN, tunnelling(port, ""), Backend.AUTO)) {
      assertFails(
          RequestOutcome.CONNECT_REFUSED,
          "the proxy http://127.0.0.1:" + port + " was not connected to",
          driver.exchange(0, 0));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldOpenTunnelsAheadAndCountThoseThatFail(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.request();
                  peer.write(peer.index < 2 ? "HTTP/1.1 503 Later\r\n\r\n" : ESTABLISHED);
                  peer.serve(OK);
                });
        Driver driver =
            driver(
                Plans.of(9, 5, 0, GET),
                tunnelling(server.port(), ""),
                "",
                new Opening(5, 1_000_000, List.of(), false, List.of(), ""),
                backend)) {
      while (!driver.transport.prepare(System.nanoTime(), false)) {
        Thread.onSpinWait();
      }
      assertEquals(3, driver.transport.connections().counts().ahead());
      assertEquals(2, driver.transport.connections().counts().failedAhead());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldAskASocksProxyForAnAddressOrAName(final Backend backend) {
    final AtomicReference<byte[]> asked = new AtomicReference<>();
    final Script script =
        peer -> {
          assertArrayEquals(new byte[] {5, 2, 0, 2}, peer.read(4));
          peer.write(5, 2);
          assertEquals("\u0001\u0005rider\u0006s3cret", new String(peer.read(14), ISO_8859_1));
          peer.write(1, 0);
          final byte[] head = peer.read(4);
          final int more = head[3] == 3 ? 12 : 6;
          final byte[] rest = peer.read(more);
          asked.set(rest);
          assertEquals(1, head[1]);
          peer.write(5, 0, 0, 3, 2, 'a', 'b', 0, 1);
          peer.serve(OK);
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      final Plan named = PLAN.withTarget(new Target(false, "localhost", 9, ""));
      try (Driver driver =
          driver(named, proxy(Kind.SOCKS5H, server.port(), Tunnel.AUTO, Routes.USER), backend)) {
        assertEquals(200, driver.exchange(0, 0).status());
        assertEquals("\tlocalhost\0\t", new String(asked.get(), ISO_8859_1));
      }
      try (Driver driver =
          driver(PLAN, proxy(Kind.SOCKS5, server.port(), Tunnel.AUTO, Routes.USER), backend)) {
        assertEquals(200, driver.exchange(0, 0).status());
        assertArrayEquals(new byte[] {127, 0, 0, 1, 0, 9}, asked.get());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,general failure",
    "2,connection not allowed by its rules",
    "3,network unreachable",
    "4,host unreachable",
    "5,connection refused",
    "8,address type not supported",
    "91,failure 91"
  })
  void shouldPutRepliesOfSocksIntoWords(final int code, final String words) {
    assertFails(
        RequestOutcome.PROXY_REFUSED,
        "says: " + words,
        socks(
            Kind.SOCKS5,
            "",
            peer -> {
              peer.read(3);
              peer.write(5, 0);
              peer.read(10);
              peer.write(5, code, 0, 1, 0, 0, 0, 0, 0, 0);
              peer.read(1);
            }));
  }

  @Test
  void shouldSayWhereASocksProxyWantsToKnowWhoAsks() {
    assertFails(
        RequestOutcome.PROXY_AUTHENTICATION,
        "no user is given",
        socks(
            Kind.SOCKS5,
            "",
            peer -> {
              peer.read(3);
              peer.write(5, 0xFF);
            }));
    assertFails(
        RequestOutcome.PROXY_AUTHENTICATION,
        "did not take the user and the password",
        socks(
            Kind.SOCKS5H,
            Routes.USER,
            peer -> {
              peer.read(4);
              peer.write(5, 2);
              peer.read(14);
              peer.write(1, 1);
            }));
    assertFails(
        RequestOutcome.PROXY_PROTOCOL,
        "not of SOCKS version 5",
        socks(
            Kind.SOCKS5,
            "",
            peer -> {
              peer.read(3);
              peer.write("HT");
              peer.read(1);
            }));
    assertFails(
        RequestOutcome.PROXY_PROTOCOL,
        "sent more than its answer",
        socks(
            Kind.SOCKS5,
            "",
            peer -> {
              peer.read(3);
              peer.write(5, 0);
              peer.read(10);
              final StringBuilder all = new StringBuilder();
              for (final int one : SOCKS_OK) {
                all.append((char) one);
              }
              peer.write(all + "early");
              peer.read(1);
            }));
  }
}
