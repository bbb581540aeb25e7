package io.lockstep.engine.transport.tls;

import io.lockstep.scenario.plan.HttpUse;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.plan.Tls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Secures the connections of one shard to one target. Engines work on the shard's thread, within
 * the reads and writes of their connections: a handshake costs it some hundred microseconds.
 */
public final class TlsClient implements AutoCloseable {
  /** What HTTP/1.1 calls itself in ALPN, RFC 7301. */
  public static final String HTTP_1_1 = "http/1.1";

  /** What HTTP/2 over TLS calls itself, RFC 9113, section 3.2. */
  public static final String HTTP_2 = "h2";

  /** A whole record, with what surrounds it. */
  private static final int RECEIVE_BYTES = 17 * 1024;

  /** Sessions kept for resumption; each connection leaves two or so. */
  private static final int SESSIONS = 20_000;

  private static final FixedRecvByteBufAllocator RECEIVING =
      new FixedRecvByteBufAllocator(RECEIVE_BYTES);

  private final SslContext context;
  private final HandshakeTracker tracker;
  private final TlsCredentials credentials;
  private final String serverName;
  private final int port;
  private final boolean resumption;
  private int unfindablePort = -1;

  private TlsClient(
      final SslContext context,
      final HandshakeTracker tracker,
      final TlsCredentials credentials,
      final String serverName,
      final int port,
      final boolean resumption) {
    this.context = context;
    this.tracker = tracker;
    this.credentials = credentials;
    this.serverName = serverName;
    this.port = port;
    this.resumption = resumption;
  }

  /**
   * Makes ready; on any thread.
   *
   * @param protocols offered for what connections carry, the best first
   * @throws TlsException if it cannot be had so.
   */
  public static TlsClient create(
      final Tls tls,
      final Target target,
      final TlsCredentials credentials,
      final List<String> protocols) {
    final Tls.Provider provider = provider(tls.provider());
    final HandshakeTracker tracker = new HandshakeTracker();
    final String name = tls.serverName().isEmpty() ? target.host() : tls.serverName();
    final ServerTrust trust =
        tls.insecure()
            ? ServerTrust.any(tracker, name)
            : ServerTrust.of(credentials.authorities(), tracker, name);
    final SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(
                provider == Tls.Provider.BORINGSSL ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
            .protocols(versions(tls))
            .trustManager(trust)
            .keyManager(new ClientKeys(credentials, tracker))
            .endpointIdentificationAlgorithm(tls.insecure() ? null : "HTTPS")
            .sessionCacheSize(tls.resumption() ? SESSIONS : 1)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    protocols));
    if (!tls.ciphers().isEmpty()) {
      builder.ciphers(tls.ciphers(), SupportedCipherSuiteFilter.INSTANCE);
    }
    try {
      final SslContext context = builder.build();
      if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
        sessions.setSessionCacheEnabled(tls.resumption());
      }
      checkCiphers(tls, context, provider);
      return new TlsClient(context, tracker, credentials, name, target.port(), tls.resumption());
    } catch (final SSLException | IllegalArgumentException e) {
      throw new TlsException("TLS cannot be had as the file wants it: " + e.getMessage(), e);
    }
  }

  /** What is offered for connections that are to speak a version, the best first. */
  public static List<String> protocols(final HttpUse.Version version) {
    switch (version) {
      case HTTP_1_1:
        return List.of(HTTP_1_1);
      case HTTP_2:
        return List.of(HTTP_2);
      default:
        return List.of(HTTP_2, HTTP_1_1);
    }
  }

  /** A name that no engine knows is left out by the filter, silently. */
  private static void checkCiphers(
      final Tls tls, final SslContext context, final Tls.Provider provider) {
    final List<String> left = new ArrayList<>(tls.ciphers());
    left.removeAll(context.cipherSuites());
    if (!left.isEmpty() && context.cipherSuites().stream().noneMatch(tls.ciphers()::contains)) {
      ReferenceCountUtil.release(context);
      throw new TlsException(
          "none of the cipher suites "
              + String.join(", ", left)
              + " is known to "
              + describe(provider),
          null);
    }
  }

  /** Never {@code AUTO}: what is in use. */
  public static Tls.Provider provider(final Tls.Provider wanted) {
    if (wanted == Tls.Provider.JDK || (wanted == Tls.Provider.AUTO && !OpenSsl.isAvailable())) {
      return Tls.Provider.JDK;
    }
    if (!OpenSsl.isAvailable()) {
      throw new TlsException(
          "BoringSSL is not available here ("
              + OpenSsl.unavailabilityCause().getMessage()
              + "): use the provider jdk, or auto",
          OpenSsl.unavailabilityCause());
    }
    return Tls.Provider.BORINGSSL;
  }

  /** What is in use, in words. */
  public static String describe(final Tls.Provider wanted) {
    return provider(wanted) == Tls.Provider.BORINGSSL ? "BoringSSL" : "the JDK's TLS";
  }

  private static List<String> versions(final Tls tls) {
    return Arrays.stream(Tls.Version.values())
        .filter(v -> v.code() >= tls.minVersion().code() && v.code() <= tls.maxVersion().code())
        .map(Tls.Version::protocol)
        .toList();
  }

  /** Begins a handshake on a channel that has just connected. */
  public TlsHandshake begin(final Channel channel, final TlsHandshake.Listener listener) {
    channel.config().setRecvByteBufAllocator(RECEIVING);
    final ByteBufAllocator allocator = channel.alloc();
    // Sessions are found again by host and port: what no port can be finds none.
    final int peer = resumption ? port : unfindablePort--;
    final SslHandler engine = context.newHandler(allocator, serverName, peer);
    engine.setHandshakeTimeoutMillis(0);
    engine.setCloseNotifyFlushTimeoutMillis(0);
    engine.setCloseNotifyReadTimeoutMillis(0);
    final TlsHandshake handshake =
        new TlsHandshake(tracker, engine, credentials.hasIdentity(), listener);
    handshake.begin(channel);
    return handshake;
  }

  /** Frees what the connections shared; they must be closed. */
  @Override
  public void close() {
    ReferenceCountUtil.release(context);
  }
}
