package io.lockstep.engine.transport.target;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's side of HTTP Digest (RFC 7616), kept apart from the engine's so that one can show
 * the other wrong. Nonces are numbers of this process; a nonce is good for so many answers. Any
 * thread.
 */
final class DigestAnswer {
  private static final int UNAUTHORIZED = 401;
  private static final String REALM = "lockstep";
  private static final String OPAQUE = "5ccc069c403ebaf9f0171e9517f40e41";
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^\\s,]+))");
  private static final AtomicLong NONCES = new AtomicLong(1);

  private DigestAnswer() {}

  /**
   * Answers.
   *
   * @param pair user and password
   * @param algorithm {@code null} for MD5
   * @param uses how often a nonce may be answered; {@code null} for any number
   * @throws IllegalArgumentException if the parameters are wrong.
   */
  static Answer of(
      final FullHttpRequest request, final String pair, final String algorithm, final String uses) {
    final String said = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    final String named = algorithm == null ? "MD5" : algorithm;
    if (!said.startsWith("Digest ")) {
      return challenge(named, false);
    }
    final Map<String, String> parameters = parameters(said);
    final String[] user = pair.split(":", 2);
    if (user.length < 2) {
      throw new IllegalArgumentException("digest wants <user:password>");
    }
    if (!isRight(request, parameters, user[0], user[1], named)) {
      return challenge(named, false);
    }
    final long count = Long.parseLong(parameters.getOrDefault("nc", "1"), 16);
    if (uses != null && count > Long.parseLong(uses)) {
      return challenge(named, true);
    }
    return Answer.text(200, "welcome, answer " + count);
  }

  private static Answer challenge(final String algorithm, final boolean stale) {
    return Answer.text(UNAUTHORIZED, "who asks?")
        .with(
            Map.of(
                "WWW-Authenticate",
                "Digest realm=\""
                    + REALM
                    + "\", nonce=\"n"
                    + NONCES.getAndIncrement()
                    + "\", opaque=\""
                    + OPAQUE
                    + "\", qop=\"auth,auth-int\", algorithm="
                    + algorithm
                    + (stale ? ", stale=true" : "")));
  }

  private static boolean isRight(
      final FullHttpRequest request,
      final Map<String, String> said,
      final String user,
      final String password,
      final String algorithm) {
    final String hash = algorithm.replace("-sess", "");
    final String nonce = said.get("nonce");
    String secret = hash(hash, user + ":" + REALM + ":" + password);
    if (algorithm.endsWith("-sess")) {
      secret = hash(hash, secret + ":" + nonce + ":" + said.get("cnonce"));
    }
    final String asked = hash(hash, request.method().name() + ":" + request.uri());
    final String expected =
        hash(
            hash,
            secret
                + ":"
                + nonce
                + ":"
                + said.get("nc")
                + ":"
                + said.get("cnonce")
                + ":auth:"
                + asked);
    return expected.equals(said.get("response"))
        && user.equals(said.get("username"))
        && request.uri().equals(said.get("uri"))
        && OPAQUE.equals(said.get("opaque"))
        && "auth".equals(said.get("qop"));
  }

  private static Map<String, String> parameters(final String said) {
    final Map<String, String> valueByName = new HashMap<>();
    final Matcher found = PARAMETER.matcher(said);
    while (found.find()) {
      valueByName.put(found.group(1), found.group(2) == null ? found.group(3) : found.group(2));
    }
    return valueByName;
  }

  private static String hash(final String algorithm, final String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("algorithm is MD5 or SHA-256, with -sess or without", e);
    }
  }
}
