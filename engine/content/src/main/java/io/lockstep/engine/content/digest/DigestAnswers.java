package io.lockstep.engine.content.digest;

import io.lockstep.engine.core.port.AskedRequest;
import io.lockstep.engine.core.port.Browser.Authorization;
import io.lockstep.scenario.plan.DigestCredentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The challenges that the VUs of a shard have got, one each, and the answers to them (RFC 7616).
 * Once a VU has a challenge it answers it with each request, before it is asked, and counts. A
 * function of what it was told; single-threaded.
 */
public final class DigestAnswers {
  private static final String NO_ONE = ":";

  private final Challenge[] challenges;

  /** How many answers each VU gave to its challenge. */
  private final int[] counts;

  public DigestAnswers(final int vus) {
    challenges = new Challenge[vus];
    counts = new int[vus];
  }

  /**
   * Whether a response to a VU has a challenge that is to be answered; it is then kept. One that
   * comes as a reply to an answer says that the credentials are wrong, unless it says that only the
   * nonce was too old.
   *
   * @param values of its fields {@code WWW-Authenticate}
   * @param answered how many challenges were answered for the same request
   */
  public boolean isChallenged(final int vu, final List<String> values, final int answered) {
    final Optional<Challenge> best = Challenge.best(values);
    if (best.isEmpty() || answered > 1 || (answered == 1 && !best.get().stale())) {
      return false;
    }
    challenges[vu] = best.get();
    counts[vu] = 0;
    return true;
  }

  /** A fresh user. */
  public void clear(final int vu) {
    challenges[vu] = null;
    counts[vu] = 0;
  }

  /**
   * The answer to the challenge of a VU, {@code null} where it has none that can be answered.
   *
   * @param basePath of the target
   * @param logical what is asked for, its secrets by name
   * @param wire the same with its secrets
   * @param clientNonce drawn for this answer
   * @param unmasked what the challenge had before its secrets were masked
   */
  public Authorization authorize(
      final int vu,
      final String basePath,
      final AskedRequest logical,
      final AskedRequest wire,
      final String clientNonce,
      final UnaryOperator<String> unmasked) {
    final Challenge challenge = challenges[vu];
    if (challenge == null
        || (challenge.protection() == Challenge.Protection.AUTH_INT
            && !logical.files().isEmpty())) {
      return null;
    }
    final String count = String.format(Locale.ROOT, "%08x", ++counts[vu]);
    final String said = credentials(wire.header(DigestCredentials.HEADER));
    final int colon = said.indexOf(':');
    final String user = said.substring(0, colon);
    final String uri = basePath + wire.path();
    final Challenge sent = challenge.with(unmasked);
    final String response =
        new DigestResponse(sent, clientNonce, count)
            .of(user, said.substring(colon + 1), wire.method(), uri, wire.body());
    return new Authorization(
        "Digest "
            + rest(challenge, basePath + logical.path(), count, clientNonce)
            + ", response=\"${digest_response}\"",
        "Digest "
            + name(sent, user)
            + ", "
            + rest(sent, uri, count, clientNonce)
            + ", response=\""
            + response
            + '"',
        response);
  }

  /** Without secrets there are none, and nothing is sent. */
  private static String credentials(final String header) {
    final String encoded = header.substring(DigestCredentials.SCHEME.length());
    try {
      final String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return pair.indexOf(':') < 0 ? NO_ONE : pair;
    } catch (final IllegalArgumentException e) {
      return NO_ONE; // an expression that stands for them
    }
  }

  private static String name(final Challenge challenge, final String user) {
    if (challenge.hashesUser()) {
      final String hash = challenge.algorithm().hash(user + ":" + challenge.realm());
      return "username=\"" + hash + "\", userhash=true";
    }
    return user.chars().allMatch(c -> c >= ' ' && c < 0x7F)
        ? "username=" + quoted(user)
        : "username*=UTF-8''" + encoded(user);
  }

  private static String rest(
      final Challenge challenge, final String uri, final String count, final String clientNonce) {
    final StringBuilder out = new StringBuilder(256);
    out.append("realm=").append(quoted(challenge.realm()));
    out.append(", nonce=").append(quoted(challenge.nonce()));
    out.append(", uri=").append(quoted(uri));
    if (challenge.algorithmName() != null) {
      out.append(", algorithm=").append(challenge.algorithmName());
    }
    if (challenge.protection() != Challenge.Protection.OLD) {
      out.append(", qop=")
          .append(challenge.protection() == Challenge.Protection.AUTH ? "auth" : "auth-int")
          .append(", nc=")
          .append(count);
    }
    if (challenge.protection() != Challenge.Protection.OLD || challenge.session()) {
      out.append(", cnonce=\"").append(clientNonce).append('"');
    }
    if (challenge.opaque() != null) {
      out.append(", opaque=").append(quoted(challenge.opaque()));
    }
    return out.toString();
  }

  private static String quoted(final String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** As RFC 8187 has it. */
  private static String encoded(final String text) {
    final StringBuilder out = new StringBuilder();
    for (final byte b : text.getBytes(StandardCharsets.UTF_8)) {
      final int c = b & 0xFF;
      final boolean plain =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (plain || "!#$&+-.^_`|~".indexOf(c) >= 0) {
        out.append((char) c);
      } else {
        out.append(String.format(Locale.ROOT, "%%%02X", c));
      }
    }
    return out.toString();
  }
}
