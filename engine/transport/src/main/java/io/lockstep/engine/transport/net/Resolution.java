package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a target's name leads, and from where. Looked up once, before the run: a name server's
 * delays are no part of what is measured.
 *
 * @param target that was looked up
 * @param addresses of its name, in the order of the name service, each once
 * @param sources addresses of this machine to connect from, in turn; empty for any
 * @param opening how connections are opened
 * @param tookNs how long the name service took; 0 where it was not asked
 */
public record Resolution(
    Target target,
    List<InetSocketAddress> addresses,
    List<InetSocketAddress> sources,
    Opening opening,
    long tookNs) {
  public Resolution {
    addresses = List.copyOf(addresses);
    sources = List.copyOf(sources);
  }

  /** As {@link #resolve(Target, Opening)} where nothing is said of how. */
  public static Resolution resolve(final Target target) {
    return resolve(target, Opening.PLAIN);
  }

  /**
   * Looks the host up; blocks.
   *
   * @throws NetworkException if the name has no address, or one to connect from is not this
   *     machine's.
   */
  public static Resolution resolve(final Target target, final Opening opening) {
    final List<InetSocketAddress> sources = new ArrayList<>();
    for (final String source : opening.sources()) {
      sources.add(source(source));
    }
    if (!opening.unixSocket().isEmpty()) {
      return new Resolution(target, List.of(), sources, opening, 0);
    }
    final Optional<List<String>> fixed = opening.addressesOf(target.host());
    final long startNs = System.nanoTime();
    final Set<InetSocketAddress> addresses = new LinkedHashSet<>();
    if (fixed.isPresent()) {
      for (final String address : fixed.get()) {
        addresses.add(nameless(literal(address), target.port()));
      }
    } else {
      for (final InetAddress address : lookUp(target.host())) {
        addresses.add(nameless(address, target.port()));
      }
    }
    final long tookNs = fixed.isPresent() ? 0 : System.nanoTime() - startNs;
    return new Resolution(target, List.copyOf(addresses), sources, opening, tookNs);
  }

  private static InetAddress[] lookUp(final String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (final UnknownHostException e) {
      throw new NetworkException(
          "host name not resolved: "
              + host
              + "; check the spelling of the target and this machine's name service",
          e);
    }
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
