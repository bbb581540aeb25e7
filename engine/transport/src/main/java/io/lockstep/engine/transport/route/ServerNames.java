package io.lockstep.engine.transport.route;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One name server, asked over UDP, and over TCP where an answer is too long: nothing is taken from
 * files, nothing is kept, no domain is put behind a name. Has a thread of its own.
 */
final class ServerNames implements Names {
  private static final long QUERY_TIMEOUT_MS = 2_000;
  private static final long TIMEOUT_MS = 10_000;
  private static final int MAX_QUERIES = 16;

  private final String server;
  private final EventLoopGroup group;
  private final DnsNameResolver resolver;

  /**
   * Asks one server.
   *
   * @param server an address and a port
   */
  ServerNames(final String server) {
    this.server = server;
    final int colon = server.lastIndexOf(':');
    final String address = server.substring(0, colon).replaceAll("[\\[\\]]", "");
    group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("name-server", true), NioIoHandler.newFactory());
    resolver =
        new DnsNameResolverBuilder(group.next())
            .datagramChannelType(NioDatagramChannel.class)
            .socketChannelType(NioSocketChannel.class)
            .nameServerProvider(
                new SingletonDnsServerAddressStreamProvider(
                    new InetSocketAddress(address, Integer.parseInt(server.substring(colon + 1)))))
            .resolveCache(NoopDnsCache.INSTANCE)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
            .hostsFileEntriesResolver((host, types) -> null)
            .searchDomains(List.of())
            .ndots(1)
            .queryTimeoutMillis(QUERY_TIMEOUT_MS)
            .maxQueriesPerResolve(MAX_QUERIES)
            .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
            .completeOncePreferredResolved(false)
            .build();
  }

  @Override
  public List<InetAddress> lookUp(final String host) throws UnknownHostException {
    final Future<List<InetAddress>> answer = resolver.resolveAll(host);
    try {
      if (!answer.await(TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
        answer.cancel(true);
        throw unknown(host, "no answer in " + TIMEOUT_MS / 1_000 + " s", null);
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host, "interrupted", e);
    }
    if (!answer.isSuccess()) {
      throw unknown(host, words(answer.cause()), answer.cause());
    }
    return answer.getNow();
  }

  /** The deepest reason, which says what the server has said or that it has not. */
  private static String words(final Throwable cause) {
    Throwable at = cause;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return String.valueOf(at.getMessage());
  }

  private UnknownHostException unknown(final String host, final String why, final Throwable cause) {
    final UnknownHostException unknown =
        new UnknownHostException(
            "host name not resolved by " + describe() + ": " + host + ": " + why);
    unknown.initCause(cause);
    return unknown;
  }

  @Override
  public String describe() {
    return "the name server " + server;
  }

  @Override
  public void close() {
    resolver.close();
    group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
  }
}
