package io.lockstep.scenario.plan;

import java.util.List;
import java.util.Optional;

/**
 * From where to where connections are opened, and when.
 *
 * @param ahead how many are opened before the run's clock starts, over all shards
 * @param aheadPerSecond how many of these are begun in a second, over all shards
 * @param sources addresses of this machine to connect from, in turn; empty for any
 * @param inTurn whether all addresses of the target get connections in turn, or the first alone
 * @param hosts addresses of names that are not looked up
 * @param unixSocket path of a socket that stands for the target's address; empty for none
 * @param route how addresses are found and reached
 */
public record Opening(
    int ahead,
    int aheadPerSecond,
    List<String> sources,
    boolean inTurn,
    List<Host> hosts,
    String unixSocket,
    Route route) {
  /** Rate where nothing is said. */
  public static final int DEFAULT_RATE = 1_000;

  /** On demand, to the first address that the target's name has, from any. */
  public static final Opening PLAIN = new Opening(0, DEFAULT_RATE, List.of(), false, List.of(), "");

  public Opening {
    sources = List.copyOf(sources);
    hosts = List.copyOf(hosts);
  }

  /** Straight to the target. */
  public Opening(
      final int ahead,
      final int aheadPerSecond,
      final List<String> sources,
      final boolean inTurn,
      final List<Host> hosts,
      final String unixSocket) {
    this(ahead, aheadPerSecond, sources, inTurn, hosts, unixSocket, Route.DIRECT);
  }

  /** The same by another route. */
  public Opening with(final Route newRoute) {
    return new Opening(ahead, aheadPerSecond, sources, inTurn, hosts, unixSocket, newRoute);
  }

  /** The same, but none before a request wants it. */
  public Opening onDemand() {
    return new Opening(0, aheadPerSecond, sources, inTurn, hosts, unixSocket, route);
  }

  /** The addresses that stand for a name, if any do. */
  public Optional<List<String>> addressesOf(final String name) {
    return hosts.stream()
        .filter(host -> host.name().equalsIgnoreCase(name))
        .findFirst()
        .map(Host::addresses);
  }

  /** A name and what it stands for. */
  public record Host(String name, List<String> addresses) {
    public Host {
      addresses = List.copyOf(addresses);
    }
  }
}
