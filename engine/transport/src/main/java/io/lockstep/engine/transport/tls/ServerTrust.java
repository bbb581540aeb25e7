package io.lockstep.engine.transport.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides on servers' certificates as the JDK does, or takes any, and tells the handshake under way
 * what it decided and why. On the shard's thread.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private static final X509Certificate[] NO_ISSUERS = {};

  private final X509ExtendedTrustManager trust;
  private final CertificateJudge judge;
  private final HandshakeTracker handshakes;
  private final String host;

  private ServerTrust(
      final X509ExtendedTrustManager trust, final HandshakeTracker handshakes, final String host) {
    this.trust = trust;
    this.judge = new CertificateJudge(trust);
    this.handshakes = handshakes;
    this.host = host;
  }

  /** Takes any certificate. */
  static ServerTrust any(final HandshakeTracker handshakes, final String host) {
    return new ServerTrust(null, handshakes, host);
  }

  /**
   * Takes those that lead to one that is trusted, and are for the host.
   *
   * @param authorities trusted ones; empty for the JDK's
   */
  static ServerTrust of(
      final List<X509Certificate> authorities,
      final HandshakeTracker handshakes,
      final String host) {
    try {
      final TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities.isEmpty() ? null : store(authorities));
      for (final TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return new ServerTrust(extended, handshakes, host);
        }
      }
    } catch (final GeneralSecurityException e) {
      throw new TlsException("the trusted certificates cannot be used: " + e.getMessage(), e);
    }
    throw new IllegalStateException("this JDK has no trust manager for X.509");
  }

  private static KeyStore store(final List<X509Certificate> authorities)
      throws GeneralSecurityException {
    final KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (final IOException e) {
      throw new IllegalStateException("an empty store reads nothing", e);
    }
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca-" + i, authorities.get(i));
    }
    return store;
  }

  @Override
  public void checkServerTrusted(
      final X509Certificate[] chain, final String authType, final SSLEngine engine)
      throws CertificateException {
    handshakes.onCertificates();
    if (trust == null) {
      return;
    }
    try {
      trust.checkServerTrusted(chain, authType, engine);
    } catch (final CertificateException e) {
      handshakes.onRefused(judge.explain(chain, authType, host, e));
      throw e;
    }
  }

  @Override
  public void checkServerTrusted(
      final X509Certificate[] chain, final String authType, final Socket socket)
      throws CertificateException {
    throw new CertificateException("no sockets here");
  }

  @Override
  public void checkServerTrusted(final X509Certificate[] chain, final String authType)
      throws CertificateException {
    checkServerTrusted(chain, authType, (SSLEngine) null);
  }

  @Override
  public void checkClientTrusted(
      final X509Certificate[] chain, final String authType, final SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this is the client");
  }

  @Override
  public void checkClientTrusted(
      final X509Certificate[] chain, final String authType, final Socket socket)
      throws CertificateException {
    throw new CertificateException("this is the client");
  }

  @Override
  public void checkClientTrusted(final X509Certificate[] chain, final String authType)
      throws CertificateException {
    throw new CertificateException("this is the client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trust == null ? NO_ISSUERS : trust.getAcceptedIssuers();
  }
}
