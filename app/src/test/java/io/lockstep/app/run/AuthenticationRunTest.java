package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.app.SecretScan;
import io.lockstep.engine.core.signing.AwsSignature;
import io.lockstep.scenario.plan.Header;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose requests say who asks: what the target sees, what is kept, and what replays. */
final class AuthenticationRunTest {
  private static final String PASSWORD = "p4ss wörd:+/=";
  private static final String SCENARIO =
      """
      name: authenticated
      seed: 9
      target: http://127.0.0.1:1
      secrets: {password: {env: PASSWORD}}
      auth: {basic: {user: "u${vu}", password: "${secrets.password}"}}
      traceparent: true
      scenarios:
        s:
          load: {executor: per-vu-iterations, vus: 2, iterations: 2}
          flow:
            - request: {name: basic, path: /basic}
            - request: {name: bearer, path: /bearer, auth: {bearer: "${base64(secrets.password)}"}}
            - request:
                name: key
                path: "/key?a=b"
                auth: {api_key: {query: k, value: "${secrets.password}"}}
            - request: {name: none, path: /none, auth: none, traceparent: false}
            - think: 1ms
      simulate: {latency: 1ms}
      """;
  private static final Pattern TRACE_CONTEXT =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-01");

  @TempDir private Path directory;

  @Test
  void shouldTellTheTargetAndNobodyElse() throws IOException {
    Scenarios.write(directory, "a.yaml", SCENARIO);
    final Set<String> seen = ConcurrentHashMap.newKeySet();
    final Set<String> contexts = ConcurrentHashMap.newKeySet();
    final HttpServer target = target(seen, contexts);
    final Invocation run;
    try {
      run = lockstep("run", "a.yaml", "--target", url(target), "--name", "r");
    } finally {
      target.stop(0);
    }
    assertTrue(run.code() == 0 || run.code() == 6, run.err());
    assertEquals(
        new TreeSet<>(
            Set.of(
                "/basic Basic " + base64("u0:" + PASSWORD),
                "/basic Basic " + base64("u1:" + PASSWORD),
                "/bearer Bearer " + base64(PASSWORD),
                "/key?a=b&k=p4ss%20w%C3%B6rd%3A%2B%2F%3D null",
                "/none null")),
        new TreeSet<>(seen));
    final Invocation replay = Invocation.of(directory, "replay", "r");
    final Invocation inspect = Invocation.of(directory, "inspect", "r", "--events");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    for (final String secret : List.of(PASSWORD, base64("u0:" + PASSWORD), base64(PASSWORD))) {
      final SecretScan scan = new SecretScan(secret);
      assertEquals(List.of(), scan.below(directory.resolve("runs")));
      for (final Invocation one : List.of(run, replay, inspect)) {
        assertEquals(List.of(), scan.in("output", one.out() + one.err()));
      }
    }
    assertEquals(12, contexts.size(), "a span for each request: " + contexts);
    final Set<String> traces = new TreeSet<>();
    for (final String context : contexts) {
      assertTrue(TRACE_CONTEXT.matcher(context).matches(), context);
      traces.add(TRACE_CONTEXT.matcher(context).replaceAll("$1"));
    }
    assertEquals(4, traces.size(), "a trace for each iteration: " + traces);
    for (final String trace : traces) {
      assertEquals(3, count(inspect.out(), "trace=" + trace));
    }
  }

  @Test
  void shouldAskTheSameAgainWithAnotherPasswordAndInSimulation() throws IOException {
    Scenarios.write(directory, "a.yaml", SCENARIO);
    final Set<String> digests = new TreeSet<>();
    for (final String shards : List.of("1", "2")) {
      final Invocation run =
          Invocation.of(
              directory, "run", "a.yaml", "--simulate", "--name", "s" + shards, "--shards", shards);
      assertEquals(0, run.code(), run.err());
      assertEquals(0, Invocation.of(directory, "replay", "s" + shards).code());
      digests.add(digest(run));
    }
    final HttpServer target = target(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
    try {
      digests.add(digest(lockstep("run", "a.yaml", "--target", url(target), "--name", "one")));
      final Invocation other =
          Invocation.of(
              directory,
              Map.of("PASSWORD", "another"),
              false,
              "run",
              "a.yaml",
              "--target",
              url(target));
      digests.add(digest(other));
    } finally {
      target.stop(0);
    }
    assertEquals(1, digests.size(), digests::toString);
  }

  @Test
  void shouldTellTheSameTraceInAnOpenModel() throws IOException {
    Scenarios.write(
        directory,
        "open.yaml",
        """
        name: open
        traceparent: true
        scenarios:
          s:
            load: {executor: constant-arrival-rate, rate: 50, duration: 200ms, max_vus: 5}
            flow: [{log: "in ${trace_id}"}, {request: {name: r, path: /}}, {think: 1ms}]
        simulate: {latency: 1ms}
        """);
    final Invocation run =
        Invocation.of(directory, "run", "open.yaml", "--simulate", "--name", "o", "--seed", "7");
    assertEquals(0, run.code(), run.out() + run.err());
    final String events = Invocation.of(directory, "inspect", "o", "--events").out();
    final Set<String> traces = new TreeSet<>();
    Pattern.compile("trace=([0-9a-f]{32})")
        .matcher(events)
        .results()
        .forEach(m -> traces.add(m.group(1)));
    assertEquals(10, traces.size(), events);
    for (final String trace : traces) {
      assertEquals(1, count(events, "in " + trace), events);
    }
    assertFalse(events.contains("trace=00000000"), events);
  }

  /** The target signs what came, and must come to what was sent. */
  @Test
  void shouldSignWhatIsSentAndReplayItWithoutTheKey() throws IOException {
    Scenarios.write(
        directory,
        "signed.yaml",
        """
        name: signed
        target: http://127.0.0.1:1/base
        secrets: {password: {env: PASSWORD}}
        auth:
          aws_sigv4: {access_key: "AK${vu}", secret_key: "${secrets.password}", region: eu-1, service: s3}
        headers: {X-Plain: a  b}
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 2, iterations: 3}
            flow:
              - request: {name: get, path: "/a%20b?z=${iteration}&y=%2F"}
              - request: {name: put, method: PUT, path: /x, body: "iteration ${iteration}"}
              - think: 1ms
        simulate: {latency: 1ms}
        """);
    final Set<String> wrong = ConcurrentHashMap.newKeySet();
    final AtomicInteger asked = new AtomicInteger();
    final HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          if (!isSigned(exchange)) {
            wrong.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    target.start();
    final Set<String> digests = new TreeSet<>();
    try {
      for (final String name : List.of("one", "two")) {
        final Invocation run =
            lockstep("run", "signed.yaml", "--target", url(target) + "/base", "--name", name);
        assertTrue(run.code() == 0 || run.code() == 6, run.err());
        digests.add(digest(run));
      }
    } finally {
      target.stop(0);
    }
    assertEquals(Set.of(), wrong);
    assertEquals(24, asked.get());
    final Invocation replay = Invocation.of(directory, "replay", "two");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    assertEquals(List.of(), new SecretScan(PASSWORD).below(directory.resolve("runs")));
    final Invocation simulated =
        Invocation.of(directory, "run", "signed.yaml", "--simulate", "--name", "s");
    assertEquals(0, simulated.code(), simulated.err());
    digests.add(digest(simulated));
    assertEquals(0, Invocation.of(directory, "replay", "s").code());
    assertEquals(1, digests.size(), "whenever, and against whatever: " + digests);
  }

  /** What a VU keeps joins the request's own cookies, behind the signature. */
  @Test
  void shouldSignNoCookiesWhereTheVuKeepsThem() throws IOException {
    final Set<String> cookies = ConcurrentHashMap.newKeySet();
    final Set<String> wrong = ConcurrentHashMap.newKeySet();
    final HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          cookies.add(exchange.getRequestHeaders().getFirst("Cookie"));
          final boolean keeps = exchange.getRequestURI().getPath().equals("/kept");
          if (!(keeps ? isSigned(exchange) : isSigned(exchange, "Cookie"))) {
            wrong.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
          }
          exchange.getResponseHeaders().add("Set-Cookie", "jar=1");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    target.start();
    Scenarios.write(
        directory,
        "cookies.yaml",
        """
        name: cookies
        target: http://127.0.0.1:1
        secrets: {password: {env: PASSWORD}}
        auth:
          aws_sigv4: {access_key: "AK${vu}", secret_key: "${secrets.password}", region: eu-1, service: s3}
        headers: {X-Plain: a}
        scenarios:
          kept:
            load: {executor: per-vu-iterations, vus: 1, iterations: 1}
            cookies: true
            flow:
              - request: {name: first, path: /kept, headers: {Cookie: own=2}}
              - request: {name: second, path: /kept, headers: {Cookie: own=2}}
          own:
            load: {executor: per-vu-iterations, vus: 1, iterations: 1}
            flow:
              - request: {name: third, path: /own, headers: {Cookie: own=3}}
        """);
    final Invocation run;
    try {
      run = lockstep("run", "cookies.yaml", "--target", url(target), "--name", "c");
    } finally {
      target.stop(0);
    }
    assertTrue(run.code() == 0 || run.code() == 6, run.err());
    assertEquals(Set.of(), wrong);
    assertEquals(Set.of("own=2", "own=2; jar=1", "own=3"), cookies);
    assertEquals(0, Invocation.of(directory, "replay", "c").code());
  }

  @Test
  void shouldSignWhatARedirectLeadsTo() throws IOException {
    final List<String> asked = new CopyOnWriteArrayList<>();
    final Set<String> wrong = ConcurrentHashMap.newKeySet();
    final HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          if (!isSigned(exchange)) {
            wrong.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
          }
          final String path = exchange.getRequestURI().getPath();
          final int status = path.equals("/kept") ? 307 : path.equals("/dropped") ? 303 : 200;
          if (status != 200) {
            exchange.getResponseHeaders().add("Location", "/there?from=" + path.substring(1));
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    target.start();
    Scenarios.write(
        directory,
        "redirects.yaml",
        """
        name: redirects
        target: http://127.0.0.1:1
        secrets: {password: {env: PASSWORD}}
        auth:
          aws_sigv4: {access_key: "AK${vu}", secret_key: "${secrets.password}", region: eu-1, service: s3}
        headers: {X-Plain: a}
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 1, iterations: 1}
            redirects: 2
            flow:
              - request: {name: kept, method: POST, path: /kept, body: some}
              - request: {name: dropped, method: POST, path: /dropped, body: some}
        """);
    final Invocation run;
    try {
      run = lockstep("run", "redirects.yaml", "--target", url(target), "--name", "again");
    } finally {
      target.stop(0);
    }
    assertTrue(run.code() == 0 || run.code() == 6, run.err());
    assertEquals(Set.of(), wrong);
    assertEquals(
        List.of("POST /kept", "POST /there?from=kept", "POST /dropped", "GET /there?from=dropped"),
        asked);
    assertEquals(0, Invocation.of(directory, "replay", "again").code());
  }

  private static boolean isSigned(final HttpExchange exchange, final String... others)
      throws IOException {
    final String said = exchange.getRequestHeaders().getFirst("Authorization");
    final String time = exchange.getRequestHeaders().getFirst("X-Amz-Date");
    final long ms =
        LocalDateTime.parse(time, DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT))
            .toInstant(ZoneOffset.UTC)
            .toEpochMilli();
    final List<Header> headers = new ArrayList<>();
    for (final String name : List.of("Host", "X-Plain", "X-Amz-Date", "X-Amz-Content-Sha256")) {
      headers.add(new Header(name, exchange.getRequestHeaders().getFirst(name)));
    }
    for (final String name : others) {
      headers.add(new Header(name, exchange.getRequestHeaders().getFirst(name)));
    }
    final byte[] body = exchange.getRequestBody().readAllBytes();
    final String accessKey = said.replaceAll(".*Credential=(AK[01])/.*", "$1");
    final String expected =
        new AwsSignature("eu-1", "s3")
            .authorization(
                new AwsSignature.Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    AwsSignature.digest(body)),
                accessKey,
                PASSWORD,
                ms);
    return said.equals(expected) && Math.abs(System.currentTimeMillis() - ms) < 60_000;
  }

  private static HttpServer target(final Set<String> seen, final Set<String> contexts)
      throws IOException {
    final HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          final String context = exchange.getRequestHeaders().getFirst("traceparent");
          if (context != null) {
            contexts.add(context);
          }
          seen.add(
              exchange.getRequestURI().toString()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    target.start();
    return target;
  }

  private static String url(final HttpServer target) {
    return "http://127.0.0.1:" + target.getAddress().getPort();
  }

  private static String base64(final String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(final Invocation run) {
    return run.out()
        .lines()
        .filter(line -> line.contains("generation digest"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(run.out() + run.err()));
  }

  private static long count(final String lines, final String part) {
    return lines.lines().filter(line -> line.contains(part)).count();
  }

  private Invocation lockstep(final String... arguments) {
    return Invocation.of(directory, Map.of("PASSWORD", PASSWORD), false, arguments);
  }
}
