package io.lockstep.engine.transport.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows the client's certificate to servers that ask for one, whichever issuers they name: a test
 * may want to see it refused. Tells the handshake under way that it was asked.
 */
final class ClientKeys extends X509ExtendedKeyManager {
  private static final String ALIAS = "client";
  private static final String[] ALIASES = {ALIAS};

  private final TlsCredentials credentials;
  private final HandshakeTracker handshakes;

  ClientKeys(final TlsCredentials credentials, final HandshakeTracker handshakes) {
    this.credentials = credentials;
    this.handshakes = handshakes;
  }

  @Override
  public String chooseEngineClientAlias(
      final String[] keyTypes, final Principal[] issuers, final SSLEngine engine) {
    handshakes.onAsked();
    if (!credentials.hasIdentity()) {
      return null;
    }
    final String own = credentials.key().getAlgorithm();
    for (final String keyType : keyTypes) {
      // A type may name how it is signed besides: EC_EC, RSASSA-PSS.
      final String type = keyType.toUpperCase(Locale.ROOT);
      if (type.startsWith(own.toUpperCase(Locale.ROOT)) || type.equals("EDDSA")) {
        return ALIAS;
      }
    }
    return null;
  }

  @Override
  public String chooseClientAlias(
      final String[] keyTypes, final Principal[] issuers, final Socket socket) {
    return chooseEngineClientAlias(keyTypes, issuers, null);
  }

  @Override
  public String[] getClientAliases(final String keyType, final Principal[] issuers) {
    return credentials.hasIdentity() ? ALIASES.clone() : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(final String alias) {
    return credentials.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(final String alias) {
    return credentials.key();
  }

  @Override
  public String[] getServerAliases(final String keyType, final Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseServerAlias(
      final String keyType, final Principal[] issuers, final Socket socket) {
    return null;
  }
}
