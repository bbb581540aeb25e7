package io.lockstep.engine.transport.target;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Answers to who says the right thing of himself: what that is stands in the query. Any thread. */
final class AuthAnswers {
  private static final int UNAUTHORIZED = 401;
  private static final String REALM = " realm=\"lockstep\"";

  private AuthAnswers() {}

  /**
   * The answer.
   *
   * @throws IllegalArgumentException if the parameters are wrong.
   */
  static Answer of(final FullHttpRequest request, final QueryStringDecoder uri) {
    final String said = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    final String basic = parameter(uri, "basic");
    if (basic != null) {
      final byte[] utf8 = basic.getBytes(StandardCharsets.UTF_8);
      return answer(said.equals("Basic " + Base64.getEncoder().encodeToString(utf8)), "Basic");
    }
    final String digest = parameter(uri, "digest");
    if (digest != null) {
      return DigestAnswer.of(request, digest, parameter(uri, "algorithm"), parameter(uri, "uses"));
    }
    final String bearer = parameter(uri, "bearer");
    if (bearer != null) {
      return answer(said.equals("Bearer " + bearer), "Bearer");
    }
    final String key = parameter(uri, "key");
    if (key == null) {
      throw new IllegalArgumentException(
          uri.path()
              + " wants basic=<user:password>, digest=<user:password>, bearer=<token> or key=<text>");
    }
    return answer(
        key.equals(request.headers().get("X-Api-Key")) || key.equals(parameter(uri, "api_key")),
        "ApiKey");
  }

  private static Answer answer(final boolean right, final String scheme) {
    return right
        ? Answer.text(200, "welcome")
        : Answer.text(UNAUTHORIZED, "who asks?").with(Map.of("WWW-Authenticate", scheme + REALM));
  }

  /** {@code null} where there is none. */
  private static String parameter(final QueryStringDecoder uri, final String name) {
    final List<String> values = uri.parameters().get(name);
    return values == null ? null : values.get(0);
  }
}
