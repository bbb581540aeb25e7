package io.lockstep.app.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.scenario.model.Secret;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.stream.Collectors;

/** Asks a server for tokens with a client's credentials (RFC 6749, section 4.4). */
final class TokenClient {
  /** Longest answer that is read. */
  static final int MAX_BYTES = 256 << 10;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long MAX_LIFE_S = 10L * 365 * 24 * 3600;
  private static final int OK = 200;
  private static final int MAX_SHOWN = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final Secret.Token asked;
  private final String clientSecret;

  TokenClient(final Secret.Token asked, final String clientSecret) {
    this.asked = asked;
    this.clientSecret = clientSecret;
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
            .timeout(TIMEOUT)
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

  private Token send(final HttpRequest request) throws TokenException {
    try {
      final HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        return read(response.statusCode(), in.readNBytes(MAX_BYTES));
      }
    } catch (final IOException e) {
      final String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new TokenException(asked.url() + " cannot be asked: " + reason, e);
    } catch (final InterruptedException e) {
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
