package io.lockstep.engine.content.digest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A challenge of HTTP Digest (RFC 7616, section 3.3).
 *
 * @param realm what the credentials are for
 * @param nonce the server's
 * @param opaque to be sent back; {@code null} for nothing
 * @param algorithm hashes
 * @param algorithmName as the challenge has it; {@code null} where it has none
 * @param session whether hashes are those of a session
 * @param protection what is protected
 * @param stale whether only the nonce was too old
 * @param hashesUser whether the user's name is sent as its hash
 */
record Challenge(
    String realm,
    String nonce,
    String opaque,
    DigestAlgorithm algorithm,
    String algorithmName,
    boolean session,
    Protection protection,
    boolean stale,
    boolean hashesUser) {
  /** Longer values are none that this answers. */
  static final int MAX_VALUE = 8 << 10;

  private static final String SESSION = "-sess";

  /** The quality of protection. */
  enum Protection {
    /** As RFC 2069 had it: without a client's nonce. */
    OLD,
    /** Of method and path. */
    AUTH,
    /** Of the body, too. */
    AUTH_INT
  }

  /**
   * The best challenge that can be answered: of those with the strongest hash the first.
   *
   * @param values of the fields {@code WWW-Authenticate}, in their order
   */
  static Optional<Challenge> best(final List<String> values) {
    Challenge best = null;
    for (final String value : values) {
      if (value.length() <= MAX_VALUE) {
        for (final Map<String, String> parameters : ChallengeParser.digests(value)) {
          final Challenge one = of(parameters).orElse(null);
          if (one != null && (best == null || one.algorithm().compareTo(best.algorithm()) > 0)) {
            best = one;
          }
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static Optional<Challenge> of(final Map<String, String> parameters) {
    final Map<String, String> given = new TreeMap<>(parameters);
    final String name = given.get("algorithm");
    final boolean session = name != null && name.toLowerCase(Locale.ROOT).endsWith(SESSION);
    final String hash =
        name == null ? "MD5" : session ? name.substring(0, name.length() - SESSION.length()) : name;
    final Optional<DigestAlgorithm> algorithm = DigestAlgorithm.named(hash);
    final Protection protection = protection(given.get("qop"));
    if (algorithm.isEmpty()
        || protection == null
        || given.get("nonce") == null
        || given.get("realm") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Challenge(
            given.get("realm"),
            given.get("nonce"),
            given.get("opaque"),
            algorithm.get(),
            name,
            session,
            protection,
            "true".equalsIgnoreCase(given.get("stale")),
            "true".equalsIgnoreCase(given.get("userhash"))));
  }

  /** The same with other texts of the server's, each made of the one there. */
  Challenge with(final UnaryOperator<String> made) {
    return new Challenge(
        made.apply(realm),
        made.apply(nonce),
        opaque == null ? null : made.apply(opaque),
        algorithm,
        algorithmName,
        session,
        protection,
        stale,
        hashesUser);
  }

  /** {@code null} where all that is offered is unknown. */
  private static Protection protection(final String offered) {
    if (offered == null) {
      return Protection.OLD;
    }
    final List<String> words =
        Arrays.stream(offered.split(",", -1))
            .map(word -> word.strip().toLowerCase(Locale.ROOT))
            .toList();
    if (words.contains("auth")) {
      return Protection.AUTH;
    }
    return words.contains("auth-int") ? Protection.AUTH_INT : null;
  }
}
