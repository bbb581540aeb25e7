package io.lockstep.engine.transport.target;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Answers that only mean something to a browser. Stateless; any thread. */
final class BrowserAnswers {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int FOUND = 302;
  private static final int MAX_AGE_SECONDS = 31_536_000;
  private static final int MAX_PARAMETER = 1_000;

  private BrowserAnswers() {}

  /**
   * The answer.
   *
   * @throws IllegalArgumentException if the parameters are wrong.
   */
  static Answer of(final FullHttpRequest request, final QueryStringDecoder uri) {
    return switch (uri.path()) {
      case "/set-cookie" -> setCookie(uri);
      case "/cookies" -> cookies(request);
      case "/redirect" -> redirect(uri, required(uri, "to"));
      case "/etag" -> tagged(request, uri);
      default -> throw new IllegalStateException("no answer for " + uri.path());
    };
  }

  private static Answer setCookie(final QueryStringDecoder uri) {
    final String cookie = required(uri, "name") + "=" + required(uri, "value") + "; Path=/";
    final String to = optional(uri, "to");
    final Answer answer = to == null ? Answer.text(200, "set") : redirect(uri, to);
    final Map<String, String> headers = new TreeMap<>(answer.headers());
    headers.put("Set-Cookie", cookie);
    return answer.with(headers);
  }

  private static Answer cookies(final FullHttpRequest request) {
    final Map<String, String> valueByName = new TreeMap<>();
    for (final String line : request.headers().getAll(HttpHeaderNames.COOKIE)) {
      for (final Cookie cookie : ServerCookieDecoder.LAX.decode(line)) {
        valueByName.put(cookie.name(), cookie.value());
      }
    }
    return valueByName.isEmpty()
        ? Answer.text(401, "no cookies came")
        : Answer.json(EchoText.ofMap(valueByName));
  }

  private static Answer redirect(final QueryStringDecoder uri, final String to) {
    final int code =
        optional(uri, "code") == null ? FOUND : Endpoints.number(uri, "code", 301, 308);
    if (!REDIRECTS.contains(code)) {
      throw new IllegalArgumentException(uri.path() + " wants code=301, 302, 303, 307 or 308");
    }
    return Answer.text(code, "to " + to).with(Map.of("Location", to));
  }

  private static Answer tagged(final FullHttpRequest request, final QueryStringDecoder uri) {
    final String tag = '"' + required(uri, "tag") + '"';
    final Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", tag);
    if (optional(uri, "max_age") != null) {
      final int maxAge = Endpoints.number(uri, "max_age", 0, MAX_AGE_SECONDS);
      headers.put("Cache-Control", "max-age=" + maxAge);
    }
    final boolean isKnown = tag.equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH));
    final Answer answer =
        isKnown
            ? Answer.of(304, Answer.TEXT, Unpooled.EMPTY_BUFFER)
            : Answer.text(200, "tagged " + tag);
    return answer.with(headers);
  }

  private static String required(final QueryStringDecoder uri, final String name) {
    final String value = optional(uri, name);
    if (value == null) {
      throw new IllegalArgumentException(uri.path() + " wants " + name + "=<text>");
    }
    return value;
  }

  /** A parameter that is safe in a header, {@code null} where there is none. */
  private static String optional(final QueryStringDecoder uri, final String name) {
    final List<String> values = uri.parameters().get(name);
    if (values == null) {
      return null;
    }
    final String value = values.get(0);
    if (value.length() > MAX_PARAMETER || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException(
          uri.path() + " wants visible ASCII in " + name + ", at most " + MAX_PARAMETER);
    }
    return value;
  }
}
