package io.lockstep.engine.transport.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a run has read for its connections: whom it trusts, and what it can show.
 *
 * @param authorities trusted certificates; empty for those of the JDK
 * @param key of the client's certificate; {@code null} where it has none
 * @param chain the client's certificate and its issuers; empty where it has none
 */
public record TlsCredentials(
    List<X509Certificate> authorities, PrivateKey key, List<X509Certificate> chain) {
  /** Nothing beyond what the JDK trusts. */
  public static final TlsCredentials NONE = new TlsCredentials(List.of(), null, List.of());

  public TlsCredentials {
    authorities = List.copyOf(authorities);
    chain = List.copyOf(chain);
  }

  /** Whether there is something to show to a server that asks. */
  boolean hasIdentity() {
    return key != null;
  }

  @Override
  public String toString() {
    return authorities.size() + " authorities, " + (hasIdentity() ? "a" : "no") + " certificate";
  }
}
