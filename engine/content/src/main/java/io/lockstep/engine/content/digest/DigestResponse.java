package io.lockstep.engine.content.digest;

/**
 * The hash that answers a challenge (RFC 7616, section 3.4). Test vectors: those of the RFC.
 *
 * @param challenge what is answered
 * @param clientNonce drawn for this answer
 * @param count which answer to this nonce it is, eight hexadecimal digits
 */
record DigestResponse(Challenge challenge, String clientNonce, String count) {
  /** The response to a request with a method, a path and query from the root, and a body. */
  String of(
      final String user,
      final String password,
      final String method,
      final String uri,
      final byte[] body) {
    final DigestAlgorithm hash = challenge.algorithm();
    String secret = hash.hash(user + ":" + challenge.realm() + ":" + password);
    if (challenge.session()) {
      secret = hash.hash(secret + ":" + challenge.nonce() + ":" + clientNonce);
    }
    return switch (challenge.protection()) {
      case OLD -> hash.hash(secret + ":" + challenge.nonce() + ":" + hash.hash(method + ":" + uri));
      case AUTH -> protectedBy(secret, "auth", hash.hash(method + ":" + uri));
      case AUTH_INT ->
          protectedBy(secret, "auth-int", hash.hash(method + ":" + uri + ":" + hash.hash(body)));
    };
  }

  private String protectedBy(final String secret, final String quality, final String asked) {
    return challenge
        .algorithm()
        .hash(String.join(":", secret, challenge.nonce(), count, clientNonce, quality, asked));
  }
}
