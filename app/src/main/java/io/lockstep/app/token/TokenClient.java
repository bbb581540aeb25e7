package io.lockstep.app.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.scenario.model.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Asks a server for tokens with a client's credentials (RFC 6749, section 4.4). */
final class TokenClient {
  /** Longest answer that is read. */
  static final int MAX_BYTES = 256 << 10;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Longest time until an answer is there, to its last byte. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final long MAX_LIFE_S = 10L * 365 * 24 * 3600;
  private static final int OK = 200;
  private static final int MAX_SHOWN = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final Secret.Token asked;
  private final String clientSecret;
  private final Duration timeout;

  TokenClient(final Secret.Token asked, final String clientSecret) {
    this(asked, clientSecret, TIMEOUT);
  }

  TokenClient(final Secret.Token asked, final String clientSecret, final Duration timeout) {
    this.asked = asked;
    this.clientSecret = clientSecret;
    this.timeout = timeout;
  }

  /**
   * Gets a token.
   *
   * @throws TokenException if none is to be had.
   */
  Token fetch() throws TokenException {
    final Map<String, String> form = new TreeMap<>();
    form.put("grant_type", "client_credentials");
    asked.scope().ifPresent(scope -> form.put("scope", scope));
    asked.audience().ifPresent(audience -> form.put("audience", audience));
    final HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(asked.url()))
            .timeout(timeout)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json");
    if (asked.inBody()) {
      form.put("client_id", asked.clientId());
      form.put("client_secret", clientSecret);
    } else {
      request.header("Authorization", "Basic " + basic());
    }
    final String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  /** RFC 6749, section 2.3.1: both are encoded before they are joined. */
  private String basic() {
    final String pair = encoded(asked.clientId()) + ":" + encoded(clientSecret);
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(final String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * The request's own timeout ends with the head of the answer, so all of it is waited for here.
   */
  private Token send(final HttpRequest request) throws TokenException {
    final CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request, head -> new LimitedBody(HttpResponse.BodySubscribers.ofByteArray()));
    try {
      final HttpResponse<byte[]> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return read(response.statusCode(), response.body());
    } catch (final ExecutionException e) {
      final Throwable cause = e.getCause();
      final String reason =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      throw new TokenException(asked.url() + " cannot be asked: " + reason, cause);
    } catch (final TimeoutException e) {
      answer.cancel(true);
      throw new TokenException(
          asked.url() + " cannot be asked: no whole answer within " + timeout.toSeconds() + " s",
          e);
    } catch (final InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new TokenException("the run is over", e);
    }
  }

  private Token read(final int status, final byte[] bytes) throws TokenException {
    JsonNode answer;
    try {
      answer = JSON.readTree(bytes);
    } catch (final JsonProcessingException e) {
      answer = JSON.missingNode(); // then the status says what there is to say
    } catch (final IOException e) {
      throw new IllegalStateException("bytes in memory cannot be read", e);
    }
    if (status != OK) {
      throw refused(status, answer);
    }
    final String text = answer.path("access_token").asText("");
    final String type = answer.path("token_type").asText("");
    if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new TokenException(asked.url() + " answers without a usable `access_token`");
    }
    if (!type.toLowerCase(Locale.ROOT).equals("bearer")) {
      throw new TokenException(
          asked.url() + " gives a token of the type '" + shown(type) + "', expected 'Bearer'");
    }
    final long seconds = answer.path("expires_in").asLong(0);
    return new Token(
        text,
        seconds > 0
            ? Optional.of(Duration.ofSeconds(Math.min(seconds, MAX_LIFE_S)))
            : Optional.empty());
  }

  /** RFC 6749, section 5.2. */
  private TokenException refused(final int status, final JsonNode answer) {
    final String error = answer.path("error").asText("");
    final String description = answer.path("error_description").asText("");
    return new TokenException(
        asked.url()
            + " answers with status "
            + status
            + (error.isEmpty() ? "" : ", " + shown(error))
            + (description.isEmpty() ? "" : " (" + shown(description) + ")"));
  }

  /** What a server says, without control characters and without the secret that it was told. */
  private String shown(final String text) {
    final String plain = text.replaceAll("\\p{Cntrl}", " ").replace(clientSecret, "***");
    return plain.length() <= MAX_SHOWN ? plain : plain.substring(0, MAX_SHOWN) + "…";
  }
}
