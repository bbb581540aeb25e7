package io.lockstep.engine.transport.tls;

import io.lockstep.engine.transport.failure.SystemReason;
import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Reads what engines say of failures: each has words of its own, and none has a code. Alerts are
 * those of RFC 8446, section 6.
 */
final class FailureReader {
  /** JDK: {@code Received fatal alert: unknown_ca}, in later versions with a prefix. */
  private static final Pattern JDK_ALERT = Pattern.compile("Received fatal alert: (\\w+)");

  /** BoringSSL: {@code …:SSLV3_ALERT_HANDSHAKE_FAILURE}, {@code …:TLSV1_ALERT_UNKNOWN_CA}. */
  private static final Pattern BORING_ALERT =
      Pattern.compile("(?:SSLV3|TLSV1|TLSV13)_(?:ALERT_)?([A-Z_]+)");

  /** In TLS 1.2 and older a server that misses a certificate may say any of these. */
  private static final Set<String> MISSED =
      Set.of(
          "certificate_required",
          "handshake_failure",
          "bad_certificate",
          "certificate_unknown",
          "access_denied");

  private static final Set<String> DISLIKED =
      Set.of(
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "unknown_ca",
          "access_denied",
          "decrypt_error");

  private static final String[] NO_COMMON_VERSION = {
    "UNSUPPORTED_PROTOCOL",
    "WRONG_VERSION_NUMBER",
    "WRONG_SSL_VERSION",
    "UNSUPPORTED_SSL_VERSION",
    "TLSV1_ALERT_PROTOCOL_VERSION",
    "PROTOCOL VERSION IS NOT ENABLED",
    "NOT ACCEPTED BY CLIENT PREFERENCES",
    "(PROTOCOL_VERSION)"
  };

  private final boolean hasIdentity;

  /**
   * @param hasIdentity whether the client has a certificate to show
   */
  FailureReader(final boolean hasIdentity) {
    this.hasIdentity = hasIdentity;
  }

  /**
   * What a failure means.
   *
   * @param wasAsked whether the server had asked for a client certificate
   * @param isSecured whether the handshake was over
   * @return {@code null} where it has nothing to do with TLS.
   */
  TlsFailure read(final Throwable cause, final boolean wasAsked, final boolean isSecured) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof NotSslRecordException) {
        return TlsFailure.of(
            RequestOutcome.TLS_FAILED,
            "what came is no TLS: does the target speak plain HTTP on this port?");
      }
      if (at instanceof SSLException) {
        return ofEngine(words(at), wasAsked, isSecured);
      }
      if (at instanceof ClosedChannelException && !isSecured) {
        return TlsFailure.of(
            RequestOutcome.TLS_BROKEN, "the server closed the connection in the TLS handshake");
      }
    }
    return isSecured || cause == null
        ? null
        : TlsFailure.of(
            RequestOutcome.TLS_BROKEN,
            "the connection broke in the TLS handshake: " + SystemReason.of(cause));
  }

  private TlsFailure ofEngine(final String words, final boolean wasAsked, final boolean isSecured) {
    final String alert = alert(words);
    if (alert != null) {
      return ofAlert(alert, wasAsked);
    }
    final String upper = words.toUpperCase(Locale.ROOT);
    for (final String clue : NO_COMMON_VERSION) {
      if (upper.contains(clue)) {
        return TlsFailure.of(
            RequestOutcome.TLS_VERSION, "the server offers no version that is allowed: " + words);
      }
    }
    return isSecured ? null : TlsFailure.of(RequestOutcome.TLS_FAILED, words);
  }

  private TlsFailure ofAlert(final String alert, final boolean wasAsked) {
    if (alert.equals("protocol_version")) {
      return TlsFailure.of(
          RequestOutcome.TLS_VERSION,
          "the server speaks none of the versions offered: alert protocol_version");
    }
    if (alert.equals("certificate_required")
        || (wasAsked && !hasIdentity && MISSED.contains(alert))) {
      return TlsFailure.of(
          RequestOutcome.TLS_CLIENT_CERTIFICATE,
          "the server wants a client certificate and got none: alert " + alert);
    }
    if (wasAsked && hasIdentity && (DISLIKED.contains(alert) || MISSED.contains(alert))) {
      return TlsFailure.of(
          RequestOutcome.TLS_CLIENT_CERTIFICATE,
          "the server refused the client certificate: alert " + alert);
    }
    return TlsFailure.of(
        RequestOutcome.TLS_REFUSED, "the server refused the handshake: alert " + alert);
  }

  /** The alert that the peer has sent, if that is what the words say. */
  private static String alert(final String words) {
    final Matcher jdk = JDK_ALERT.matcher(words);
    if (jdk.find()) {
      return jdk.group(1).toLowerCase(Locale.ROOT);
    }
    final Matcher boring = BORING_ALERT.matcher(words);
    return boring.find() ? boring.group(1).toLowerCase(Locale.ROOT) : null;
  }

  private static String words(final Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
