package io.lockstep.engine.transport.route;

import io.lockstep.scenario.plan.Route;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of names. Blocks; for one thread at a time. */
interface Names extends AutoCloseable {
  /** Those that a route asks. */
  static Names of(final Route route) {
    return route.resolver().isEmpty() ? new SystemNames() : new ServerNames(route.resolver());
  }

  /**
   * All addresses of a name, in the order in which they are given, at least one.
   *
   * @throws UnknownHostException if there is none; the message says why.
   */
  List<InetAddress> lookUp(String host) throws UnknownHostException;

  /** Whom this asks, in words. */
  String describe();

  @Override
  void close();
}
