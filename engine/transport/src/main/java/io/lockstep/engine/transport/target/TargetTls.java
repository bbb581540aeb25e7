package io.lockstep.engine.transport.target;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/** What makes a target one of {@code https://}: its certificate, and whom it asks for one. */
public final class TargetTls {
  private static final List<String> HTTP =
      List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);

  private final PrivateKey key;
  private final List<X509Certificate> chain;
  private final List<X509Certificate> clients;
  private final List<String> protocols;
  private final List<String> applications;

  private TargetTls(
      final PrivateKey key,
      final List<X509Certificate> chain,
      final List<X509Certificate> clients,
      final List<String> protocols,
      final List<String> applications) {
    this.key = key;
    this.chain = List.copyOf(chain);
    this.clients = List.copyOf(clients);
    this.protocols = List.copyOf(protocols);
    this.applications = List.copyOf(applications);
  }

  /** Shows this certificate, and asks for none. */
  public static TargetTls of(final PrivateKey key, final List<X509Certificate> chain) {
    return new TargetTls(key, chain, List.of(), List.of("TLSv1.3", "TLSv1.2"), HTTP);
  }

  /** The same, and wants a certificate of every client that one of these has issued. */
  public TargetTls requiring(final X509Certificate... issuers) {
    return new TargetTls(key, chain, List.of(issuers), protocols, applications);
  }

  /** The same with these versions of TLS alone. */
  public TargetTls speaking(final String... versions) {
    return new TargetTls(key, chain, clients, List.of(versions), applications);
  }

  /** The same whose connections may speak these alone, as ALPN calls them, the best first. */
  public TargetTls choosing(final String... names) {
    return new TargetTls(key, chain, clients, protocols, List.of(names));
  }

  SslContext context() throws IOException {
    try {
      // Where clients are judged it is the JDK's engine, which tells them what it dislikes.
      final boolean isNative = clients.isEmpty() && OpenSsl.isAvailable();
      final SslContextBuilder builder =
          SslContextBuilder.forServer(key, chain)
              .sslProvider(isNative ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
              .protocols(protocols)
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      Protocol.ALPN,
                      SelectorFailureBehavior.NO_ADVERTISE,
                      SelectedListenerFailureBehavior.ACCEPT,
                      applications));
      if (!clients.isEmpty()) {
        builder.trustManager(clients).clientAuth(ClientAuth.REQUIRE);
      }
      return builder.build();
    } catch (final SSLException | IllegalArgumentException e) {
      throw new IOException("the certificate or its key cannot be used: " + e.getMessage(), e);
    }
  }

  /** Puts TLS before all else that a connection does. */
  static void secure(final SslContext context, final SocketChannel channel) {
    if (context != null) {
      channel.pipeline().addFirst(context.newHandler(channel.alloc()));
    }
  }

  static void release(final SslContext context) {
    if (context != null) {
      ReferenceCountUtil.release(context);
    }
  }
}
