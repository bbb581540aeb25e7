package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.app.SecretScan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose requests have parameters: what the target sees, what is kept, and what replays. */
final class QueryParametersRunTest {
  private static final String PASSWORD = "p4ss wörd:+/=";
  private static final String SCENARIO =
      """
      name: searches
      seed: 9
      target: http://127.0.0.1:1
      secrets: {password: {env: PASSWORD}}
      variables: {term: "blau & grün"}
      setup:
        - request: {name: open, path: /open, params: {by: "${scenario}", "a b": 1}}
      scenarios:
        flow:
          load: {executor: per-vu-iterations, vus: 1, iterations: 2}
          flow:
            - set: {where: '"/found?x=" + text(iteration)', plain: '"/plain"'}
            - request: {name: still, path: /still, params: {q: "${term}", page: 2, on: true}}
            - request: {name: moves, path: "/moves?a", params: {q: "${term} ${iteration}"}}
            - request: {name: found, path: "${where}", params: {k: "${secrets.password}"}}
            - request:
                name: plain
                path: "${plain}"
                auth: {api_key: {query: key, value: "${secrets.password}"}}
            - request:
                name: keyed
                path: "${where}"
                auth: {api_key: {query: key, value: "${secrets.password}"}}
            - parallel: {max: 2}
              requests:
                - {name: one, path: /one, params: {vu: "${vu}"}}
                - {name: two, path: /two, params: {n: 1}}
            - think: 1ms
        short:
          load: {executor: per-vu-iterations, vus: 1, iterations: 1}
          requests:
            - {name: s, path: /short, params: {q: "${term}"}}
      simulate: {latency: 1ms}
      """;
  private static final String ENCODED = "p4ss%20w%C3%B6rd%3A%2B%2F%3D";
  private static final String TERM = "blau%20%26%20gr%C3%BCn";

  @TempDir private Path directory;

  @Test
  void shouldSendEncodedParametersAndKeepNoSecret() throws IOException {
    Scenarios.write(directory, "a.yaml", SCENARIO);
    final Set<String> seen = ConcurrentHashMap.newKeySet();
    final HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          seen.add(exchange.getRequestURI().toString());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    target.start();
    final Invocation run;
    try {
      final String url = "http://127.0.0.1:" + target.getAddress().getPort();
      run = lockstep("run", "a.yaml", "--target", url, "--name", "r");
    } finally {
      target.stop(0);
    }
    assertTrue(run.code() == 0 || run.code() == 6, run.err());
    assertEquals(
        new TreeSet<>(
            Set.of(
                "/open?by=setup&a%20b=1",
                "/still?q=" + TERM + "&page=2&on=true",
                "/moves?a&q=" + TERM + "%200",
                "/moves?a&q=" + TERM + "%201",
                "/found?x=0&k=" + ENCODED,
                "/found?x=1&k=" + ENCODED,
                "/plain?key=" + ENCODED,
                "/found?x=0&key=" + ENCODED,
                "/found?x=1&key=" + ENCODED,
                "/one?vu=0",
                "/two?n=1",
                "/short?q=" + TERM)),
        new TreeSet<>(seen));
    final Invocation replay = Invocation.of(directory, "replay", "r");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    for (final String secret : List.of(PASSWORD, ENCODED)) {
      assertEquals(List.of(), new SecretScan(secret).below(directory.resolve("runs")));
    }
  }

  @Test
  void shouldAskTheSameInEverySimulationAndShowItInThePlan() throws IOException {
    Scenarios.write(directory, "a.yaml", SCENARIO);
    final Set<String> digests = new TreeSet<>();
    for (final String shards : List.of("1", "2")) {
      final String name = "s" + shards;
      final Invocation run =
          Invocation.of(
              directory, "run", "a.yaml", "--simulate", "--name", name, "--shards", shards);
      assertEquals(0, run.code(), run.err());
      assertEquals(0, Invocation.of(directory, "replay", name).code());
      run.out().lines().filter(line -> line.contains("generation digest")).forEach(digests::add);
    }
    assertEquals(1, digests.size(), digests::toString);
    final Invocation plan =
        Invocation.of(
            directory, "plan", "a.yaml", "--scenario", "flow", "--vu", "0", "--iteration", "1");
    assertEquals(0, plan.code(), plan.err());
    assertTrue(plan.out().contains("/still?q=" + TERM + "&page=2&on=true"), plan.out());
    assertTrue(plan.out().contains("/moves?a&q=" + TERM + "%201"), plan.out());
    assertTrue(
        plan.out().contains("/found?x=1&k=${urlencode(text(secrets.password))}"), plan.out());
    final Invocation validated = Invocation.of(directory, "validate", "a.yaml");
    assertTrue(validated.out().contains("/two?n=1"), validated.out() + validated.err());
  }

  private Invocation lockstep(final String... arguments) {
    return Invocation.of(directory, Map.of("PASSWORD", PASSWORD), false, arguments);
  }
}
