package io.lockstep.engine.transport.net;

import io.lockstep.engine.transport.http1.Addressing;
import io.lockstep.engine.transport.route.ProxyServer;
import io.lockstep.engine.transport.route.RouteException;
import io.lockstep.engine.transport.route.Way;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a target's name leads, and from where. Looked up before the run: a name server's delays are
 * no part of what is measured.
 *
 * @param target that was looked up
 * @param way to it, which may lead elsewhere later
 * @param sources addresses of this machine to connect from, in turn; empty for any
 * @param opening how connections are opened
 */
public record Resolution(Target target, Way way, List<InetSocketAddress> sources, Opening opening) {
  public Resolution {
    sources = List.copyOf(sources);
  }

  /** As {@link #resolve(Target, Opening)} where nothing is said of how. */
  public static Resolution resolve(final Target target) {
    return resolve(target, Opening.PLAIN);
  }

  /** The same without a proxy. */
  public static Resolution resolve(final Target target, final Opening opening) {
    return resolve(target, opening, null);
  }

  /**
   * Looks the host up, and the proxy's; blocks.
   *
   * @param proxy {@code null} for none
   * @throws NetworkException if the name has no address, or one to connect from is not this
   *     machine's.
   */
  public static Resolution resolve(
      final Target target, final Opening opening, final ProxyServer proxy) {
    final List<InetSocketAddress> sources = new ArrayList<>();
    for (final String source : opening.sources()) {
      sources.add(source(source));
    }
    try {
      return new Resolution(target, Way.find(target, opening, proxy), sources, opening);
    } catch (final RouteException e) {
      throw new NetworkException(e.getMessage(), e);
    }
  }

  /** What is connected to, in the order of the name service, each once. */
  public List<InetSocketAddress> addresses() {
    return List.of(way.addresses());
  }

  /** How long the name service took; 0 where it was not asked. */
  public long tookNs() {
    return way.tookNs();
  }

  /** How requests name the target. */
  Addressing addressing() {
    return way.proxy() == null || way.isTunnelled()
        ? Addressing.direct(target)
        : Addressing.absolute(target, way.proxy().authorizationField());
  }

  private static InetAddress literal(final String address) {
    try {
      return InetAddress.getByName(address);
    } catch (final UnknownHostException e) {
      throw new NetworkException("not an IP address: " + address, e);
    }
  }

  /** Without the name, which would otherwise turn up in the words of every failure. */
  private static InetSocketAddress nameless(final InetAddress address, final int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address.getAddress()), port);
    } catch (final UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.getAddress().length, e);
    }
  }

  /** A port of it is chosen by the system, for each connection. */
  private static InetSocketAddress source(final String text) {
    final InetSocketAddress address = nameless(literal(text), 0);
    try (Socket probe = new Socket()) {
      probe.bind(address);
    } catch (final IOException e) {
      throw new NetworkException(
          "cannot connect from "
              + text
              + ": "
              + e.getMessage()
              + "; `sources` takes addresses of this machine, as `ip address` lists them",
          e);
    }
    return address;
  }
}
