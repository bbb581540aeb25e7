package io.lockstep.engine.transport.tls;

import io.lockstep.scenario.plan.RequestOutcome;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Says why a server's certificates were refused: what is wrong, and with which of them. The refusal
 * itself is the JDK's; here it is only looked into.
 */
final class CertificateJudge {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int MAX_NAMES = 8;

  private final X509ExtendedTrustManager trust;

  CertificateJudge(final X509ExtendedTrustManager trust) {
    this.trust = trust;
  }

  /**
   * Looks into a refusal.
   *
   * @param host that was asked for
   */
  TlsFailure explain(
      final X509Certificate[] chain,
      final String authType,
      final String host,
      final CertificateException refusal) {
    for (final X509Certificate certificate : chain) {
      final TlsFailure outOfTime = time(certificate);
      if (outOfTime != null) {
        return outOfTime;
      }
    }
    if (isTrusted(chain, authType)) {
      return TlsFailure.of(
          RequestOutcome.TLS_HOST_MISMATCH,
          "the certificate is not for " + host + " but for " + names(chain[0]));
    }
    final X509Certificate last = chain[chain.length - 1];
    if (chain.length == 1 && isSelfSigned(last)) {
      return TlsFailure.of(
          RequestOutcome.TLS_SELF_SIGNED,
          "the certificate of " + subject(last) + " is self-signed and not trusted");
    }
    if (isPathMissing(refusal)) {
      return TlsFailure.of(
          RequestOutcome.TLS_UNKNOWN_ISSUER,
          "the issuer of "
              + subject(last)
              + (isSelfSigned(last) ? ", itself, " : ", " + issuer(last) + ", ")
              + "is not trusted");
    }
    return TlsFailure.of(
        RequestOutcome.TLS_FAILED,
        "the certificate of " + subject(chain[0]) + " is refused: " + deepest(refusal));
  }

  private static TlsFailure time(final X509Certificate certificate) {
    try {
      certificate.checkValidity();
      return null;
    } catch (final CertificateExpiredException e) {
      return TlsFailure.of(
          RequestOutcome.TLS_EXPIRED,
          "the certificate of "
              + subject(certificate)
              + " expired on "
              + certificate.getNotAfter().toInstant());
    } catch (final CertificateNotYetValidException e) {
      return TlsFailure.of(
          RequestOutcome.TLS_EXPIRED,
          "the certificate of "
              + subject(certificate)
              + " is not valid before "
              + certificate.getNotBefore().toInstant());
    }
  }

  /** Whether it would do for some host. */
  private boolean isTrusted(final X509Certificate[] chain, final String authType) {
    try {
      trust.checkServerTrusted(chain, authType);
      return true;
    } catch (final CertificateException e) {
      return false;
    }
  }

  private static boolean isSelfSigned(final X509Certificate certificate) {
    if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(certificate.getPublicKey());
      return true;
    } catch (final GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isPathMissing(final Throwable refusal) {
    for (Throwable at = refusal; at != null; at = at.getCause()) {
      if (at instanceof CertPathValidatorException broken
          && broken.getReason() != CertPathValidatorException.BasicReason.UNSPECIFIED
          && broken.getReason() != PKIXReason.NO_TRUST_ANCHOR) {
        return false;
      }
    }
    return true;
  }

  private static String deepest(final Throwable refusal) {
    Throwable at = refusal;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return String.valueOf(at.getMessage());
  }

  private static String subject(final X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  private static String issuer(final X509Certificate certificate) {
    return certificate.getIssuerX500Principal().getName();
  }

  /** The names that a certificate is for; that of its subject where it has no others. */
  private static String names(final X509Certificate certificate) {
    final List<String> names = new ArrayList<>();
    try {
      final Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (final List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
        final int type = (Integer) alternative.get(0);
        if (type == DNS_NAME || type == IP_ADDRESS) {
          names.add(String.valueOf(alternative.get(1)));
        }
      }
    } catch (final CertificateParsingException e) {
      return subject(certificate) + ", whose other names are broken";
    }
    if (names.isEmpty()) {
      return subject(certificate) + ", which has no other names";
    }
    final String shown = String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())));
    return names.size() <= MAX_NAMES
        ? shown
        : shown + " and " + (names.size() - MAX_NAMES) + " more";
  }
}
