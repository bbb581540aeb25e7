package io.lockstep.app.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lockstep.app.Invocation;
import io.lockstep.app.SecretScan;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs through proxies and by names: what they tell, what they keep, what they leave out. */
final class RouteRunTest {
  private static final String PASSWORD = "a-passw0rd-of-a-proxy";
  private static final String CREDENTIALS =
      Base64.getEncoder().encodeToString(("rider:" + PASSWORD).getBytes(UTF_8));
  private static final String SCENARIO =
      """
      name: routed
      target: http://127.0.0.1
      secrets: {proxy_password: {env: PROXY_PASSWORD}}
      connections: CONNECTIONS
      scenarios:
        all:
          load: {executor: per-vu-iterations, vus: 2, iterations: 5}
          think: THINK
          requests: [{path: "/bytes?n=10", checks: [{status: 200}]}]
      """;

  @TempDir private Path directory;

  private Invocation run(
      final String name,
      final String connections,
      final String host,
      final Map<String, String> environment,
      final String... more)
      throws IOException {
    Files.writeString(
        directory.resolve("s.yaml"),
        SCENARIO
            .replace("CONNECTIONS", connections)
            .replace("THINK", host.equals("localhost") ? "200ms" : "1ms"));
    final Map<String, String> all = new HashMap<>(environment);
    all.put("PROXY_PASSWORD", PASSWORD);
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      final String url = "http://" + host + ":" + target.address().getPort();
      final List<String> words =
          new ArrayList<>(
              List.of("run", "s.yaml", "--target", url, "--name", name, "--json", "s.json"));
      words.addAll(List.of(more));
      return Invocation.of(directory, all, false, words.toArray(String[]::new));
    }
  }

  private static String digest(final Invocation run) {
    return run.out()
        .lines()
        .filter(line -> line.contains("generation digest"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(run));
  }

  private Invocation replayed(final String name) {
    final Invocation replay = Invocation.of(directory, "replay", name);
    assertEquals(0, replay.code(), replay::toString);
    assertTrue(replay.out().startsWith("identical"), replay::out);
    return replay;
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "dedicated"})
  void shouldAskTheSameThroughAProxyAndKeepNothingOfItsPassword(final String threading)
      throws IOException {
    final Invocation direct = run("direct", "{}", "127.0.0.1", Map.of());
    assertTrue(direct.code() == 0 || direct.code() == 6, direct::toString);
    final Invocation proxied;
    final String url;
    try (RelayProxy proxy = RelayProxy.start(CREDENTIALS)) {
      url = "http://127.0.0.1:" + proxy.port();
      proxied =
          run(
              "proxied",
              "{proxy: {url: '"
                  + url
                  + "', tunnel: always, user: rider, password: '${secrets.proxy_password}'}}",
              "127.0.0.1",
              Map.of(),
              "--threading",
              threading);
      assertEquals(2, proxy.tunnels());
    }
    assertTrue(proxied.code() == 0 || proxied.code() == 6, proxied::toString);
    assertTrue(proxied.out().contains("10 responses"), proxied::out);
    assertTrue(proxied.err().contains("through the proxy " + url), proxied::err);
    assertFalse(proxied.out().contains("name lookups"), proxied::out);
    assertTrue(proxied.out().contains("proxy              " + url + ", by a tunnel"), proxied::out);
    assertEquals(digest(direct), digest(proxied));
    final String manifest = Files.readString(directory.resolve("runs/proxied/run.json"));
    assertTrue(manifest.contains("\"proxy\" : \"through the proxy " + url), manifest);
    final Invocation replay = replayed("proxied");
    for (final String secret : List.of(PASSWORD, CREDENTIALS)) {
      final SecretScan scan = new SecretScan(secret);
      assertEquals(List.of(), scan.below(directory.resolve("runs")));
      for (final Invocation one : List.of(proxied, replay)) {
        assertEquals(List.of(), scan.in("output", one.out() + one.err()));
      }
    }
  }

  @Test
  void shouldTellWhyAProxyDidNotOpenTheWay() throws IOException {
    final Invocation run;
    try (RelayProxy proxy = RelayProxy.start("another")) {
      run =
          run(
              "refused",
              "{proxy: {url: 'http://127.0.0.1:" + proxy.port() + "', tunnel: always}}",
              "127.0.0.1",
              Map.of());
    }
    assertTrue(run.out().contains("10 proxy_authentication"), run::out);
    assertTrue(run.out().contains("wants a user: it answered 407 Who asks?"), run::out);
    replayed("refused");
  }

  @Test
  void shouldTakeTheProxyOfTheEnvironmentOnlyWhereTheFileSaysSo() throws IOException {
    try (RelayProxy proxy = RelayProxy.start(CREDENTIALS)) {
      final String value = "http://rider:" + PASSWORD + "@127.0.0.1:" + proxy.port();
      final Map<String, String> environment = Map.of("HTTP_PROXY", value);
      run("without", "{}", "127.0.0.1", environment);
      assertEquals(0, proxy.tunnels());
      final Invocation run =
          run("with", "{proxy: {url: environment, tunnel: always}}", "127.0.0.1", environment);
      assertEquals(2, proxy.tunnels());
      assertTrue(run.out().contains("10 responses"), run::out);
      assertTrue(
          run.err()
              .contains(
                  "through the proxy http://127.0.0.1:" + proxy.port() + ", as HTTP_PROXY says"),
          run::err);
      final Invocation excepted =
          run(
              "excepted",
              "{proxy: {url: environment, tunnel: always, no_proxy: [127.0.0.0/8]}}",
              "127.0.0.1",
              environment);
      assertEquals(2, proxy.tunnels());
      assertTrue(excepted.err().contains("no proxy: no_proxy names 127.0.0.1"), excepted::err);
      assertEquals(List.of(), new SecretScan(PASSWORD).below(directory.resolve("runs")));
    }
    final Invocation senseless =
        run("none", "{proxy: environment}", "127.0.0.1", Map.of("http_proxy", "https://x:1"));
    assertEquals(2, senseless.code(), senseless::toString);
    assertTrue(
        senseless.err().contains("connections.proxy: the variable http_proxy"), senseless::err);
  }

  @Test
  void shouldKeepNothingOfAPasswordOfTheEnvironmentThatTheProxyTells() throws IOException {
    Files.writeString(
        directory.resolve("s.yaml"),
        """
        name: told
        target: http://127.0.0.1:9
        record: {bodies: all}
        connections: {proxy: environment}
        scenarios:
          all:
            load: {executor: per-vu-iterations, vus: 1, iterations: 2}
            requests: [{path: /x, checks: [{status: 200}]}]
        """);
    final HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext("/", RouteRunTest::tell);
    proxy.start();
    try {
      final String url = "http://rider:" + PASSWORD + "@127.0.0.1:" + proxy.getAddress().getPort();
      final Invocation run =
          Invocation.of(
              directory, Map.of("http_proxy", url), false, "run", "s.yaml", "--name", "told");
      assertTrue(run.code() == 0 || run.code() == 6, run::toString);
    } finally {
      proxy.stop(0);
    }
    final String all = Invocation.of(directory, "inspect", "told", "--vu", "0", "--json").out();
    assertTrue(all.contains("Basic ${secrets} of ${secrets}!"), all);
    for (final String told : List.of(PASSWORD, CREDENTIALS)) {
      assertEquals(List.of(), new SecretScan(told).below(directory.resolve("runs")));
    }
    replayed("told");
  }

  private static void tell(final HttpExchange exchange) throws IOException {
    final String shown = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
    final byte[] body = (shown + " of " + PASSWORD + "!").getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "dedicated"})
  void shouldJournalEachLookupAndReplayWithoutAnyNameService(final String threading)
      throws IOException {
    final Invocation run =
        run(
            "named",
            "{dns_ttl: 100ms, addresses: happy-eyeballs, attempt_delay: 50ms}",
            "localhost",
            Map.of(),
            "--threading",
            threading);
    assertTrue(run.code() == 0 || run.code() == 6, run::toString);
    assertTrue(run.out().contains("10 responses"), run::out);
    assertTrue(run.out().contains("name lookups       "), run::out);
    assertTrue(run.out().contains(" more in the run, max "), run::out);
    final String json = Files.readString(directory.resolve("s.json"));
    assertTrue(json.contains("\"names\" : {"), json);
    final String events = Invocation.of(directory, "inspect", "named", "--events").out();
    assertTrue(events.contains("name_resolved"), events);
    assertTrue(events.contains("outcome=first"), events);
    assertTrue(events.contains("outcome=same"), events);
    replayed("named");
  }

  @Test
  void shouldSayBeforeTheRunWhereANameServerDoesNotAnswer() throws IOException {
    final Invocation run = run("nobody", "{resolver: '127.0.0.1:9'}", "shop.test", Map.of());
    assertEquals(2, run.code(), run::toString);
    assertTrue(
        run.err().contains("host name not resolved by the name server 127.0.0.1:9: shop.test"),
        run::err);
    assertTrue(run.err().contains("check the spelling of the target and `resolver`"), run::err);
    assertFalse(Files.exists(directory.resolve("runs/nobody")));
  }
}
