package io.lockstep.engine.transport.route;

import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.engine.core.port.NameLookups;
import io.lockstep.engine.core.port.ProxyUse;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Target;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The way to a target: to which addresses, through which proxy. All shards share one. */
public final class Way {
  private static final InetSocketAddress[] NOWHERE = {};

  private final Target target;
  private final ProxyServer proxy;

  /** Of what is connected to; {@code null} where that is no address. */
  private final AddressBook near;

  /** Of the target behind a proxy that wants its address; else {@code null}. */
  private final AddressBook far;

  private final byte[] tunnelRequest;
  private final boolean inTurn;
  private final AtomicInteger nextFar = new AtomicInteger();

  /** Shards that go it now. */
  private final AtomicInteger users = new AtomicInteger();

  private Way(
      final Target target,
      final ProxyServer proxy,
      final AddressBook near,
      final AddressBook far,
      final boolean inTurn) {
    this.target = target;
    this.proxy = proxy;
    this.near = near;
    this.far = far;
    this.inTurn = inTurn;
    tunnelRequest = proxy == null ? null : request();
  }

  /**
   * Finds it; blocks.
   *
   * @param proxy {@code null} for none
   * @throws RouteException if a name has no address.
   */
  public static Way find(final Target target, final Opening opening, final ProxyServer proxy) {
    if (!opening.unixSocket().isEmpty()) {
      return new Way(target, null, null, null, false);
    }
    if (proxy == null) {
      final AddressBook book = AddressBook.of(target.host(), target.port(), opening);
      return new Way(target, null, book, null, false);
    }
    final AddressBook near = AddressBook.of(proxy.server().host(), proxy.server().port(), opening);
    final AddressBook far =
        proxy.wantsAddress() ? AddressBook.of(target.host(), target.port(), opening) : null;
    return new Way(target, proxy, near, far, opening.inTurn());
  }

  private byte[] request() {
    if (!proxy.tunnels()) {
      return null;
    }
    return switch (proxy.server().kind()) {
      case HTTP -> HttpTunnel.request(target, proxy);
      case SOCKS5 -> null; // of an address, for each connection
      case SOCKS5H -> SocksTunnel.request(target.host(), target.port());
    };
  }

  /** What is connected to now; not to be changed. */
  public InetSocketAddress[] addresses() {
    return near == null ? NOWHERE : near.addresses();
  }

  /** The same in the order in which a race tries them. */
  List<InetSocketAddress> racers() {
    return AddressBook.interleaved(addresses());
  }

  /** How long the name service took, 0 where it was not asked. */
  public long tookNs() {
    return (near == null ? 0 : near.tookNs()) + (far == null ? 0 : far.tookNs());
  }

  /** The proxy on it; {@code null} for none. */
  public ProxyServer proxy() {
    return proxy;
  }

  /** Whether a proxy has to open the way behind each connect. */
  public boolean isTunnelled() {
    return proxy != null && proxy.tunnels();
  }

  /** Begins to have it opened, on a channel that has just connected to the proxy. */
  public ProxyHandshake begin(final Channel channel, final ProxyHandshake.Listener listener) {
    final ProxyHandshake handshake =
        switch (proxy.server().kind()) {
          case HTTP -> new HttpTunnel(proxy, tunnelRequest, listener);
          case SOCKS5 -> new SocksTunnel(proxy, farRequest(), listener);
          case SOCKS5H -> new SocksTunnel(proxy, tunnelRequest, listener);
        };
    handshake.begin(channel);
    return handshake;
  }

  private byte[] farRequest() {
    final InetSocketAddress[] known = far.addresses();
    final int at = inTurn ? Math.floorMod(nextFar.getAndIncrement(), known.length) : 0;
    return SocksTunnel.request(known[at].getAddress().getAddress(), known[at].getPort());
  }

  /** Why nothing could be connected to, where that is not the target; else {@code null}. */
  public String unreachable() {
    return proxy == null ? null : FailureReason.of("the proxy " + proxy + " was not connected to");
  }

  /**
   * A shard begins to go it, until {@link #close}.
   *
   * @param isTold whether it begins to keep addresses up to date, where that is wanted, and is told
   *     of it; one shard of a run alone.
   */
  public NameLookups open(final boolean isTold) {
    users.incrementAndGet();
    final AddressBook book = far == null ? near : far;
    return !isTold || book == null
        ? NameLookups.NONE
        : book.open(
            proxy == null
                ? null
                : new ProxyUse(proxy.tunnels(), FailureReason.of(proxy.toString())));
  }

  /** A shard goes it no more; addresses are kept up to date until the last one does not. */
  public void close() {
    final AddressBook book = far == null ? near : far;
    if (users.decrementAndGet() == 0 && book != null) {
      book.close();
    }
  }
}
