package io.lockstep.scenario.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate that was read, and its key. Shows its key to nobody who prints it.
 *
 * @param key of the first certificate
 * @param chain the certificate and those that it was issued by
 */
public record ClientIdentity(PrivateKey key, List<X509Certificate> chain) {
  public ClientIdentity {
    chain = List.copyOf(chain);
  }

  @Override
  public String toString() {
    return "certificate of " + chain.get(0).getSubjectX500Principal();
  }
}
