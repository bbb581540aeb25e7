package io.lockstep.app.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lockstep.app.Invocation;
import io.lockstep.app.JournalBytes;
import io.lockstep.app.Scenarios;
import io.lockstep.app.SecretScan;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target sends back of secrets is in nothing that is kept, and of use all the same. */
final class SecretEchoTest {
  private static final String TOKEN = "t0ken-värde \"x\\y<&'";
  private static final String KEY = "k3y/from+file=0";

  /** HMAC-SHA-256 of abc under the key. */
  private static final String SIGN =
      "55f8880549f01c12251c8a5286ec51b9" + "91726236854542418b5e30c471558384";

  private static final String ECHOED =
      """
      name: echoed
      secrets: {token: {env: SHOP_TOKEN}, key: {env: SHOP_KEY}}
      target: http://127.0.0.1:1
      record: {bodies: all}
      scenarios:
        s:
          load: {executor: per-vu-iterations, vus: 2, iterations: 3}
          cookies: true
          redirects: 3
          flow:
            - request:
                name: login
                method: POST
                path: /login
                headers:
                  Authorization: "Bearer ${secrets.token}"
                  X-Basic: '${base64("user:" + secrets.key)}'
                  X-Sign: '${hmac("sha256", secrets.key, "abc")}'
                body: "${secrets.key}"
                extract:
                  key: {json: "$.key"}
                  token: {json: "$.token"}
                  made: {json: "$.sign"}
            - request: {name: hop, path: /hop}
            - log: "got ${key} and ${made}"
            - request:
                name: use
                method: POST
                path: "/use?k=${urlencode(key)}"
                headers: {X-Back: "${token}"}
                body: "${key}"
      """;

  private final Set<String> seen = new ConcurrentSkipListSet<>();

  @TempDir private Path directory;

  @Test
  void shouldKeepNothingThatATargetEchoesAndSendItAgain() throws IOException {
    Scenarios.write(directory, "echoed.yaml", ECHOED);
    final HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext("/login", SecretEchoTest::login);
    target.createContext("/hop", SecretEchoTest::hop);
    target.createContext("/", this::use);
    target.start();
    final List<Invocation> all = new ArrayList<>();
    try {
      final String url = "http://127.0.0.1:" + target.getAddress().getPort();
      all.add(
          Invocation.of(
              directory,
              Map.of("SHOP_TOKEN", TOKEN, "SHOP_KEY", KEY),
              false,
              "run",
              "echoed.yaml",
              "--target",
              url,
              "--name",
              "r",
              "--json",
              "summary.json"));
    } finally {
      target.stop(0);
    }
    assertTrue(all.get(0).code() == 0 || all.get(0).code() == 6, all.get(0).err());
    final String url = URLEncoder.encode(KEY, UTF_8);
    assertEquals(
        new TreeSet<>(
            Set.of(
                "/landed?k=" + url,
                "/use?k=" + url,
                "back " + TOKEN,
                "body " + KEY,
                "cookie session=" + KEY)),
        seen,
        () -> Invocation.of(directory, "inspect", "r", "--events").out());
    all.add(Invocation.of(directory, "replay", "r"));
    all.add(Invocation.of(directory, "inspect", "r", "--events"));
    all.add(Invocation.of(directory, "inspect", "r", "--vu", "0", "--json"));
    assertNothingIn(all, TOKEN, KEY, SIGN, basic());
    all.subList(1, all.size()).forEach(one -> assertEquals(0, one.code(), one.out() + one.err()));
    final String events = all.get(2).out();
    assertTrue(events.contains("got ${secrets.key} and ${secrets}"), events);
  }

  /** The target that comes with the tool answers with what it was asked. */
  @Test
  void shouldKeepNothingThatTheOwnTargetEchoes() throws IOException {
    Scenarios.write(
        directory,
        "own.yaml",
        """
        name: own
        secrets: {token: {env: SHOP_TOKEN}}
        target: http://127.0.0.1:1
        record: {bodies: all}
        auth: {basic: {user: me, password: "${secrets.token}"}}
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 2, iterations: 3}
            flow:
              - request: {name: echo, path: "/echo?q=${urlencode(secrets.token)}", extract: {x: {body: true}}}
              - request: {name: again, method: POST, path: /echo, body: "${x}"}
        """);
    final List<Invocation> all = new ArrayList<>();
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      all.add(
          Invocation.of(
              directory,
              Map.of("SHOP_TOKEN", TOKEN),
              false,
              "run",
              "own.yaml",
              "--target",
              target.url(),
              "--name",
              "r"));
    }
    assertTrue(all.get(0).code() == 0 || all.get(0).code() == 6, all.get(0).err());
    all.add(Invocation.of(directory, "replay", "r"));
    all.add(Invocation.of(directory, "inspect", "r", "--vu", "0", "--json"));
    assertNothingIn(
        all, TOKEN, Base64.getEncoder().encodeToString(("me:" + TOKEN).getBytes(UTF_8)));
    assertEquals(0, all.get(1).code(), all.get(1).out() + all.get(1).err());
    assertTrue(all.get(2).out().contains("${secrets.token:u"), all.get(2).out());
  }

  private void assertNothingIn(final List<Invocation> outputs, final String... secrets)
      throws IOException {
    final String events = events();
    assertTrue(events.contains("${secrets."), events);
    for (final String secret : secrets) {
      final SecretScan scan = new SecretScan(secret);
      assertEquals(List.of(), scan.below(directory.resolve("runs")));
      for (final Invocation one : outputs) {
        assertEquals(List.of(), scan.in("output", one.out() + one.err()));
      }
      try (Stream<Path> files = Files.walk(directory)) {
        for (final Path file : files.filter(Files::isRegularFile).toList()) {
          for (final String unpacked : unpacked(Files.readAllBytes(file))) {
            assertEquals(List.of(), scan.in("unpacked from " + file, unpacked));
          }
        }
      }
      for (final String unpacked : unpacked(events.getBytes(ISO_8859_1))) {
        assertEquals(List.of(), scan.in("unpacked from the journal", unpacked));
      }
    }
  }

  /** What was journaled of contents, a character for each byte. */
  private String events() throws IOException {
    final StringBuilder all = new StringBuilder();
    for (final byte[] events : JournalBytes.below(directory.resolve("runs")).values()) {
      all.append(new String(events, ISO_8859_1));
    }
    return all.toString();
  }

  /** What comes out wherever a gzip stream seems to begin. */
  private static List<String> unpacked(final byte[] bytes) {
    final List<String> all = new ArrayList<>();
    for (int i = 0; i + 3 < bytes.length; i++) {
      if (bytes[i] == 0x1f && bytes[i + 1] == (byte) 0x8b && bytes[i + 2] == 8) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPInputStream in =
            new GZIPInputStream(new ByteArrayInputStream(bytes, i, bytes.length - i))) {
          in.transferTo(out);
        } catch (final IOException e) {
          assertFalse(out.size() > 1 << 20, "no stream of this test, " + e);
        }
        all.add(out.toString(UTF_8));
      }
    }
    return all;
  }

  @Test
  void shouldUnpackWhatItLooksInto() throws IOException {
    final byte[] packed = gzip("before " + KEY + " after");
    final byte[] file = new byte[packed.length + 20];
    System.arraycopy(packed, 0, file, 7, packed.length);
    assertEquals(List.of("before " + KEY + " after"), unpacked(file));
  }

  private static String basic() {
    return Base64.getEncoder().encodeToString(("user:" + KEY).getBytes(UTF_8));
  }

  private static void login(final HttpExchange exchange) throws IOException {
    final String token = utf8(exchange.getRequestHeaders().getFirst("Authorization")).substring(7);
    final String key = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    final String json =
        """
        {"key": "%s", "token": "%s", "url": "%s", "hex": "%s", "sign": "%s", "basic": "%s",
         "html": "%s", "wrapped": "%s"}
        """
            .formatted(
                key,
                token.replace("\\", "\\\\").replace("\"", "\\\""),
                URLEncoder.encode(token, UTF_8),
                HexFormat.of().formatHex(token.getBytes(UTF_8)),
                exchange.getRequestHeaders().getFirst("X-Sign"),
                exchange.getRequestHeaders().getFirst("X-Basic"),
                token
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace("\"", "&quot;")
                    .replace("'", "&#39;")
                    .replace("\\", "\\\\"),
                Base64.getEncoder().encodeToString(("id=1," + key + ";").getBytes(UTF_8)));
    final byte[] body = gzip(json);
    exchange.getResponseHeaders().add("Content-Encoding", "gzip");
    exchange.getResponseHeaders().add("X-Echo", new String(token.getBytes(UTF_8), ISO_8859_1));
    exchange.getResponseHeaders().add("Set-Cookie", "session=" + key + "; Path=/");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void hop(final HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Location", "/landed?k=" + URLEncoder.encode(KEY, UTF_8));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void use(final HttpExchange exchange) throws IOException {
    seen.add(exchange.getRequestURI().toString());
    seen.add("cookie " + exchange.getRequestHeaders().getFirst("Cookie"));
    final String back = exchange.getRequestHeaders().getFirst("X-Back");
    if (back != null) {
      seen.add("back " + utf8(back));
      seen.add("body " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static String utf8(final String header) {
    return new String(header.getBytes(ISO_8859_1), UTF_8);
  }

  private static byte[] gzip(final String text) throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }
}
