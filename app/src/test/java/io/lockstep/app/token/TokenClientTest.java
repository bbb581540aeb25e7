package io.lockstep.app.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lockstep.scenario.model.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that give tokens slowly, at length, or now and then. */
final class TokenClientTest {
  private static final Duration LIMIT = Duration.ofMillis(300);
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String TOKEN =
      "{\"access_token\": \"abc\", \"token_type\": \"bearer\", \"expires_in\": 1}";

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void shouldNotWaitForAnAnswerThatComesByDrips() {
    server.createContext("/t", this::drip);
    final TokenClient client = new TokenClient(asked(), "s", LIMIT);
    final TokenException refused =
        assertTimeoutPreemptively(
            DEADLINE, () -> assertThrows(TokenException.class, client::fetch));
    assertTrue(refused.getMessage().contains("no whole answer within"), refused::getMessage);
  }

  @Test
  void shouldNotReadAnAnswerOfAnyLength() {
    server.createContext(
        "/t", exchange -> say(exchange, 200, " ".repeat(TokenClient.MAX_BYTES + 1)));
    final TokenClient client = new TokenClient(asked(), "s");
    final TokenException refused =
        assertTimeoutPreemptively(
            DEADLINE, () -> assertThrows(TokenException.class, client::fetch));
    assertTrue(refused.getMessage().contains("has more than"), refused::getMessage);
  }

  /** The second and the fourth time there is none. */
  @Test
  void shouldWarnOfEachOutage() throws Exception {
    final AtomicInteger asks = new AtomicInteger();
    server.createContext(
        "/t",
        exchange -> {
          final boolean gives = asks.incrementAndGet() % 2 == 1;
          say(exchange, gives ? 200 : 500, gives ? TOKEN : "");
        });
    final List<String> warnings = new CopyOnWriteArrayList<>();
    try (TokenKeeper keeper = TokenKeeper.begin("shop", asked(), "s", warnings::add)) {
      final long startNs = System.nanoTime();
      while (warnings.size() < 2 && System.nanoTime() - startNs < DEADLINE.toNanos()) {
        Thread.sleep(10);
      }
      assertEquals(2, warnings.size());
      assertEquals(2, keeper.failed());
    }
  }

  private Secret.Token asked() {
    final String url =
        String.format(Locale.ROOT, "http://127.0.0.1:%d/t", server.getAddress().getPort());
    return new Secret.Token(
        url, "a", "c", Optional.empty(), Optional.empty(), false, DEADLINE.toNanos());
  }

  private void drip(final HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      final OutputStream body = exchange.getResponseBody();
      while (!over.await(50, TimeUnit.MILLISECONDS)) {
        body.write(' ');
        body.flush();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(final HttpExchange exchange, final int status, final String body)
      throws IOException {
    try (exchange) {
      final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }
}
