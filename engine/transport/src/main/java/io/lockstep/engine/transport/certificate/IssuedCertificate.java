package io.lockstep.engine.transport.certificate;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A certificate and its key.
 *
 * @param certificate of a name
 * @param key of it
 */
public record IssuedCertificate(X509Certificate certificate, PrivateKey key) {
  private static final int LINE = 64;

  /** The certificate in PEM. */
  public String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (final CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was decoded has an encoding", e);
    }
  }

  /** The key in PEM, as PKCS#8. */
  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(final String type, final byte[] bytes) {
    final byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(LINE, lineEnd).encodeToString(bytes)
        + "\n-----END "
        + type
        + "-----\n";
  }

  @Override
  public String toString() {
    return "certificate of " + certificate.getSubjectX500Principal();
  }
}
