package io.lockstep.engine.transport.target;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetServerTest {
  private static final long MS = 1_000_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private TargetServer server;

  @BeforeEach
  void start() throws IOException {
    server = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldListItsEndpointsAtTheRoot() throws Exception {
    final HttpResponse<String> response = get("/");
    assertEquals(200, response.statusCode());
    assertTrue(response.body().contains("/delay?ms=N"), response.body());
  }

  @Test
  void shouldServeAJsonDocument() throws Exception {
    final HttpResponse<String> response = get("/json");
    assertEquals("application/json", response.headers().firstValue("content-type").orElse(""));
    assertTrue(response.body().startsWith("{\"name\":\"lockstep\""), response.body());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 205, 301, 304, 404, 418, 500, 503, 599})
  void shouldAnswerWithTheStatusAskedFor(final int code) throws Exception {
    assertEquals(code, get("/status?code=" + code).statusCode());
    assertEquals(200, get("/").statusCode(), "the connection still works");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 26, 65_535, 65_536, 65_537, 1_000_000})
  void shouldAnswerWithSoManyBytes(final int count) throws Exception {
    final byte[] body =
        client.send(request("/bytes?n=" + count), HttpResponse.BodyHandlers.ofByteArray()).body();
    assertEquals(count, body.length);
    for (int i = 0; i < count; i++) {
      assertEquals((byte) ('a' + i % 65_536 % 26), body[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/delay", "/delay?ms=-1", "/delay?ms=x", "/delay?ms=600001", "/status?code=199",
        "/status?code=600", "/bytes?n=67108865", "/bytes?n=99999999999999999999"
      })
  void shouldSayWhatAParameterMayBe(final String path) throws Exception {
    final HttpResponse<String> response = get(path);
    assertEquals(400, response.statusCode());
    assertTrue(response.body().contains(" wants "), response.body());
  }

  @Test
  void shouldAnswer404ForOtherPaths() throws Exception {
    assertEquals(404, get("/nothing").statusCode());
  }

  @Test
  void shouldEchoMethodHeadersAndBody() throws Exception {
    final HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/echo?a=1"))
            .header("X-Word", "say \"hi\"\\")
            .method("PATCH", HttpRequest.BodyPublishers.ofString("line\nbräuche"))
            .build();
    final String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    assertTrue(body.startsWith("{\"method\":\"PATCH\",\"uri\":\"/echo?a=1\""), body);
    assertTrue(body.contains("\"value\":\"say \\\"hi\\\"\\\\\""), body);
    assertTrue(body.endsWith("\"body\":\"line\\nbräuche\"}\n"), body);
  }

  @Test
  void shouldHoldNoThreadWhileADelayedAnswerWaits() throws Exception {
    final long startNs = System.nanoTime();
    final List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(
          client.sendAsync(request("/delay?ms=200"), HttpResponse.BodyHandlers.ofString()));
    }
    for (final CompletableFuture<HttpResponse<String>> one : all) {
      assertEquals(200, one.get().statusCode());
    }
    final long tookMs = (System.nanoTime() - startNs) / MS;
    assertTrue(tookMs >= 200, "waited only " + tookMs + " ms");
    assertTrue(tookMs < 5_000, "50 waits on one thread took " + tookMs + " ms: one at a time?");
    assertEquals(50, server.requests());
  }

  @Test
  void shouldAnswerPipelinedRequestsInOrder() throws Exception {
    final String answers =
        raw(
            "GET /delay?ms=60 HTTP/1.1\r\nHost: a\r\n\r\n"
                + "GET /status?code=201 HTTP/1.1\r\nHost: a\r\n\r\n"
                + "GET /delay?ms=1 HTTP/1.1\r\nHost: a\r\n\r\n"
                + "GET /status?code=202 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    final int[] places = {
      answers.indexOf("waited 60"),
      answers.indexOf("status 201"),
      answers.indexOf("waited 1 "),
      answers.indexOf("status 202")
    };
    final int[] sorted = places.clone();
    java.util.Arrays.sort(sorted);
    assertArrayEquals(sorted, places, answers);
    assertTrue(places[0] > 0, answers);
  }

  @Test
  void shouldSendNoBodyForHead() throws Exception {
    final String answer =
        raw("HEAD /json HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertTrue(answer.contains("content-length: 1"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @Test
  void shouldAnswer400AndCloseWhenItIsNotHttp() throws Exception {
    assertTrue(raw("\u0001\u0002 nonsense\r\n\r\n").startsWith("HTTP/1.1 400 "));
    assertEquals(200, get("/").statusCode());
  }

  @Test
  void shouldFollowTheBehaviourItWasGiven() throws Exception {
    final Behaviour everyThirdFails =
        new Behaviour() {
          @Override
          public long latencyNs(final long request) {
            return request == 1 ? 80 * MS : 0;
          }

          @Override
          public boolean isFailure(final long request) {
            return request % 3 == 2;
          }
        };
    try (TargetServer other = TargetServer.start("127.0.0.1", 0, everyThirdFails, 2)) {
      final List<Integer> statuses = new ArrayList<>();
      final List<Long> tookMs = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        final long startNs = System.nanoTime();
        final HttpRequest request = HttpRequest.newBuilder(URI.create(other.url() + "/")).build();
        statuses.add(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
        tookMs.add((System.nanoTime() - startNs) / MS);
      }
      assertEquals(List.of(200, 200, 500, 200, 200, 500), statuses);
      assertTrue(tookMs.get(1) >= 80, tookMs.toString());
    }
  }

  @Test
  void shouldRefuseATakenPort() {
    final int port = server.address().getPort();
    final IOException e =
        assertThrows(
            IOException.class, () -> TargetServer.start("127.0.0.1", port, Behaviour.PLAIN, 1));
    assertTrue(e.getMessage().toLowerCase(java.util.Locale.ROOT).contains("in use"), e::getMessage);
  }

  private HttpResponse<String> get(final String path) throws Exception {
    return client.send(request(path), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(final String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path)).build();
  }

  private String raw(final String bytes) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
