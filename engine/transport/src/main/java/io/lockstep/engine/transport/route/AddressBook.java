package io.lockstep.engine.transport.route;

import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.engine.core.port.NameLookup;
import io.lockstep.engine.core.port.NameLookup.Outcome;
import io.lockstep.engine.core.port.NameLookups;
import io.lockstep.engine.core.port.ProxyUse;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Route;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The addresses of a name as they are known now. Looked up before the run; where the route says so,
 * again and again while it goes on, on a thread of its own. New addresses are for new connections;
 * a lookup that fails leaves the old ones. Any thread reads.
 */
final class AddressBook {
  private static final long NS_PER_MS = 1_000_000;

  /** How long a lookup waits where the engine has not taken those before it. */
  private static final long RETRY_MS = 10;

  private final String host;
  private final int port;
  private final Route route;
  private final boolean isAsked;
  private final long tookNs;
  private volatile InetSocketAddress[] addresses;
  private Thread thread;

  private AddressBook(
      final String host,
      final int port,
      final Route route,
      final boolean isAsked,
      final long tookNs,
      final InetSocketAddress[] addresses) {
    this.host = host;
    this.port = port;
    this.route = route;
    this.isAsked = isAsked;
    this.tookNs = tookNs;
    this.addresses = addresses;
  }

  /**
   * Looks a host up, unless it is an address or the plan has its addresses; blocks.
   *
   * @throws RouteException if there is no address.
   */
  static AddressBook of(final String host, final int port, final Opening opening) {
    final Optional<List<String>> fixed = opening.addressesOf(host);
    if (fixed.isPresent()) {
      final Set<InetSocketAddress> literals = new LinkedHashSet<>();
      fixed.get().forEach(address -> literals.add(literal(address, port)));
      return fixed(host, port, opening.route(), literals);
    }
    if (NetUtil.createByteArrayFromIpAddressString(host) != null) {
      return fixed(host, port, opening.route(), Set.of(literal(host, port)));
    }
    final long startNs = System.nanoTime();
    try (Names names = Names.of(opening.route())) {
      final InetSocketAddress[] found = nameless(names.lookUp(host), port);
      return new AddressBook(host, port, opening.route(), true, System.nanoTime() - startNs, found);
    } catch (final UnknownHostException e) {
      throw new RouteException(
          e.getMessage()
              + "; check the spelling of the target and "
              + (opening.route().resolver().isEmpty()
                  ? "this machine's name service"
                  : "`resolver`"),
          e);
    }
  }

  private static AddressBook fixed(
      final String host,
      final int port,
      final Route route,
      final Set<InetSocketAddress> addresses) {
    return new AddressBook(
        host, port, route, false, 0, addresses.toArray(InetSocketAddress[]::new));
  }

  /** Never looks anything up. */
  private static InetSocketAddress literal(final String text, final int port) {
    final byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null) {
      throw new RouteException("not an IP address: " + text);
    }
    return nameless(bytes, port);
  }

  /** Each once, in their order. */
  private static InetSocketAddress[] nameless(final List<InetAddress> found, final int port) {
    final Set<InetSocketAddress> all = new LinkedHashSet<>();
    found.forEach(address -> all.add(nameless(address.getAddress(), port)));
    return all.toArray(InetSocketAddress[]::new);
  }

  /** Without the name, which would otherwise turn up in the words of every failure. */
  private static InetSocketAddress nameless(final byte[] address, final int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (final UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.length + " bytes", e);
    }
  }

  /** All of them, in the order in which they were given; at least one. Not to be changed. */
  InetSocketAddress[] addresses() {
    return addresses;
  }

  /** How long the first lookup took; 0 where nobody was asked. */
  long tookNs() {
    return tookNs;
  }

  /**
   * Begins to keep the addresses up to date, and to tell of it.
   *
   * @param proxy that is told of too; {@code null} for none
   */
  synchronized NameLookups open(final ProxyUse proxy) {
    final NameLookups told = new NameLookups(proxy);
    if (!isAsked) {
      return told;
    }
    told.offer(
        new NameLookup(Outcome.FIRST, count(addresses), tookNs, FailureReason.of(text(addresses))));
    if (route.namesTtlNs() != Route.FOREVER && thread == null) {
      thread = new Thread(() -> refresh(told), "names");
      thread.setDaemon(true);
      thread.start();
    }
    return told;
  }

  /** Ends that. A lookup that is under way comes to nothing. */
  synchronized void close() {
    thread = null;
    notifyAll();
  }

  private void refresh(final NameLookups told) {
    try (Names names = Names.of(route)) {
      while (isWanted(route.namesTtlNs() / NS_PER_MS)) {
        final NameLookup lookup = lookUp(names);
        while (!told.offer(lookup)) {
          if (!isWanted(RETRY_MS)) {
            return;
          }
        }
      }
    }
  }

  /** Waits; then whether anybody still wants to know. */
  private synchronized boolean isWanted(final long waitMs) {
    final long untilNs = System.nanoTime() + waitMs * NS_PER_MS;
    long leftMs = waitMs;
    while (leftMs > 0 && thread == Thread.currentThread()) {
      try {
        wait(leftMs);
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      leftMs = (untilNs - System.nanoTime()) / NS_PER_MS;
    }
    return thread == Thread.currentThread();
  }

  private NameLookup lookUp(final Names names) {
    final long startNs = System.nanoTime();
    final InetSocketAddress[] before = addresses;
    try {
      final InetSocketAddress[] found = nameless(names.lookUp(host), port);
      final long ns = System.nanoTime() - startNs;
      addresses = found; // in their order, which some name servers rotate
      return Set.of(found).equals(Set.of(before))
          ? new NameLookup(Outcome.SAME, count(found), ns, "")
          : new NameLookup(Outcome.CHANGED, count(found), ns, FailureReason.of(text(found)));
    } catch (final UnknownHostException e) {
      return new NameLookup(
          Outcome.FAILED,
          count(before),
          System.nanoTime() - startNs,
          FailureReason.of(e.getMessage()));
    }
  }

  private static int count(final InetSocketAddress[] addresses) {
    return Math.min(addresses.length, NameLookup.MAX_ADDRESSES);
  }

  private static String text(final InetSocketAddress[] addresses) {
    return Arrays.stream(addresses)
        .map(address -> address.getAddress().getHostAddress())
        .collect(Collectors.joining(", "));
  }

  /** Both families in turn, IPv6 first, each in its own order: RFC 8305, section 4. */
  static List<InetSocketAddress> interleaved(final InetSocketAddress[] addresses) {
    final List<InetSocketAddress> six = new ArrayList<>();
    final List<InetSocketAddress> four = new ArrayList<>();
    for (final InetSocketAddress address : addresses) {
      (address.getAddress().getAddress().length == 4 ? four : six).add(address);
    }
    final List<InetSocketAddress> all = new ArrayList<>(addresses.length);
    for (int i = 0; i < Math.max(six.size(), four.size()); i++) {
      if (i < six.size()) {
        all.add(six.get(i));
      }
      if (i < four.size()) {
        all.add(four.get(i));
      }
    }
    return all;
  }
}
