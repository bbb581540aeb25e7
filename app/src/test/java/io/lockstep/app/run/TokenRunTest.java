package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.app.SecretScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose requests show tokens of an OAuth 2.0 server, which end while the run goes on. */
final class TokenRunTest {
  private static final String SECRET = "cl1ent secret+/=";
  private static final String TOKEN = "t0ken-that-nobody-else-sees-";
  private static final String SCENARIO =
      """
      name: tokens
      seed: 9
      target: http://127.0.0.1:1
      secrets:
        client: {env: CLIENT_SECRET}
        token:
          oauth2: {token_url: "URL/token", client_id: "the shop", client_secret: client,
            scope: "read write", audience: "urn:shop", style: STYLE}
      auth: {bearer: "${secrets.token}"}
      record: {bodies: all}
      scenarios:
        s:
          load: {executor: constant-vus, vus: 2, duration: 3200ms}
          flow:
            - request: {name: shop, path: /shop, checks: [{status: 200}]}
            - request: {name: last, path: /last, auth: none, checks: [{status: 200}]}
            - think: 50ms
      simulate: {latency: 1ms}
      """;

  @TempDir private Path directory;

  private final AtomicInteger given = new AtomicInteger();
  private final Map<String, Integer> uses = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private volatile String lastSaid = "";
  private volatile int most = Integer.MAX_VALUE;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/token", this::give);
    server.createContext("/shop", this::shop);
    server.createContext("/last", this::last);
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldRenewTheTokenBeforeItEnds() throws IOException {
    final Invocation run = run("basic");
    assertTrue(run.code() == 0 || run.code() == 6, run::toString);
    assertTrue(given.get() >= 2 && uses.size() >= 2, () -> given + " given, used: " + uses);
    final String pair = "the+shop:cl1ent+secret%2B%2F%3D";
    final String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "Basic " + basic + " audience=urn%3Ashop&grant_type=client_credentials&scope=read+write",
        asked.peek());
    assertFalse(run.err().contains("warning"), run::err);
    assertNothingIsKept();
    assertTrue(lockstep("replay", "r").out().startsWith("identical"));
    assertTrue(lockstep("plan", "a.yaml", "--vu", "1").out().contains("Bearer ${secrets.token}"));
  }

  @Test
  void shouldShowTheSecretInTheBodyWhereTheServerWantsItThere() throws IOException {
    final Invocation run = run("body");
    assertTrue(run.code() == 0 || run.code() == 6, run::toString);
    assertEquals(
        "null audience=urn%3Ashop&client_id=the+shop&client_secret=cl1ent+secret%2B%2F%3D"
            + "&grant_type=client_credentials&scope=read+write",
        asked.peek());
  }

  @Test
  void shouldGoOnWithTheOldTokenAndSayWhatWentWrong() throws IOException {
    most = 1;
    final Invocation run = run("basic");
    assertTrue(run.code() == 0 || run.code() == 6, run::toString);
    assertEquals(1, uses.size());
    assertTrue(
        run.err()
            .contains(
                "warning: the token 'token' cannot be renewed: http://127.0.0.1:"
                    + server.getAddress().getPort()
                    + "/token answers with status 400, invalid_client (no *** today); requests go"
                    + " on with it until it ends"),
        run::err);
    assertTrue(run.err().contains("it has ended, and requests go on with it"), run::err);
    assertTrue(run.err().contains("was fetched 1 times, and"), run::err);
    assertNothingIsKept();
  }

  @Test
  void shouldNotRunWithoutAToken() throws IOException {
    most = 0;
    final Invocation run = run("basic");
    assertEquals(2, run.code());
    assertTrue(
        run.err().contains("the secret 'token' has no value: http://127.0.0.1:")
            && run.err().contains("/token answers with status 400, invalid_client (no *** today)"),
        run::err);
    assertFalse(run.err().contains(SECRET), run::err);
    assertEquals(0, lockstep("run", "a.yaml", "--simulate", "--name", "s").code());
  }

  @Test
  void shouldSayWhichSecretAClientLacks() throws IOException {
    Scenarios.write(
        directory,
        "a.yaml",
        SCENARIO
            .replace("URL", "http://127.0.0.1:1")
            .replace("client_secret: client", "client_secret: token")
            .replace("STYLE", "body"));
    final Invocation run = lockstep("validate", "a.yaml");
    assertEquals(2, run.code());
    assertTrue(
        run.err().contains("there is no secret `token` with a value of its own")
            && run.err().contains("a.yaml:7:"),
        run::err);
  }

  private void assertNothingIsKept() throws IOException {
    assertEquals(List.of(), new SecretScan(SECRET).below(directory.resolve("runs")));
    assertEquals(List.of(), new SecretScan(TOKEN).below(directory.resolve("runs")));
    for (final String said : uses.keySet()) {
      final String token = said.substring("Bearer ".length());
      assertEquals(List.of(), new SecretScan(token).below(directory.resolve("runs")));
    }
  }

  private Invocation run(final String style) throws IOException {
    final String url =
        String.format(Locale.ROOT, "http://127.0.0.1:%d", server.getAddress().getPort());
    Scenarios.write(directory, "a.yaml", SCENARIO.replace("URL", url).replace("STYLE", style));
    return lockstep("run", "a.yaml", "--target", url, "--name", "r");
  }

  private Invocation lockstep(final String... words) {
    return Invocation.of(directory, Map.of("CLIENT_SECRET", SECRET), false, words);
  }

  private void give(final HttpExchange exchange) {
    try (exchange) {
      asked.add(
          exchange.getRequestHeaders().getFirst("Authorization")
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      final int number = given.incrementAndGet();
      if (number > most) {
        say(
            exchange,
            400,
            "{\"error\": \"invalid_client\", \"error_description\": \"no " + SECRET + " today\"}");
      } else {
        say(
            exchange,
            200,
            "{\"access_token\": \""
                + TOKEN
                + number
                + "\", \"token_type\": \"bearer\", \"expires_in\": 2}");
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void shop(final HttpExchange exchange) {
    try (exchange) {
      final String said = exchange.getRequestHeaders().getFirst("Authorization");
      final boolean right = said != null && said.startsWith("Bearer " + TOKEN);
      if (right) {
        uses.merge(said, 1, Integer::sum);
      }
      lastSaid = said;
      say(exchange, right ? 200 : 401, said + " " + base64(said));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells what was shown last to one that shows nothing. */
  private void last(final HttpExchange exchange) {
    try (exchange) {
      final boolean isShown = exchange.getRequestHeaders().containsKey("Authorization");
      final String token = lastSaid.substring("Bearer ".length());
      say(exchange, isShown ? 400 : 200, token + " " + base64(token));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String base64(final String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void say(final HttpExchange exchange, final int status, final String body)
      throws IOException {
    final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
