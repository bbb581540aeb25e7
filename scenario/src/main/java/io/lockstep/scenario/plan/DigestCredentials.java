package io.lockstep.scenario.plan;

/**
 * How a request has user and password for HTTP Digest (RFC 7616) until there is a challenge that
 * they answer: as a header that is never sent, in the form of HTTP Basic.
 */
public final class DigestCredentials {
  /** The header. */
  public static final String HEADER = "Authorization";

  /** What its value begins with; the Base64 of user, colon and password follows. */
  public static final String SCHEME = "Digest-Credentials ";

  private DigestCredentials() {}
}
