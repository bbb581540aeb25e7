package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import io.lockstep.engine.core.agent.RunContext.TransportFactory;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.transport.net.Backend;
import io.lockstep.engine.transport.net.FileLimit;
import io.lockstep.engine.transport.net.NetworkException;
import io.lockstep.engine.transport.net.NetworkThreads;
import io.lockstep.engine.transport.net.NetworkTransport;
import io.lockstep.engine.transport.net.Resolution;
import io.lockstep.engine.transport.route.ProxyChoice;
import io.lockstep.engine.transport.sim.SimulatedTransport;
import io.lockstep.engine.transport.tls.TlsClient;
import io.lockstep.engine.transport.tls.TlsException;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Route;
import io.lockstep.scenario.plan.Simulation;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadFactory;

/**
 * What carries the requests of a run, with all that can be checked before it begins. Whether
 * anything listens at the target is not checked: a refused connection is a result of the run.
 *
 * @param threads makes the threads of the agents
 * @param factories make the transports of a plan's shards
 * @param describe which it is, in words
 */
record TransportChoice(ThreadFactory threads, Factories factories, String describe) {
  /** Makes what makes the transports of a plan. */
  @FunctionalInterface
  interface Factories {
    /**
     * For a plan, the load's or that of something done around it, in so many shards.
     *
     * @param sentFiles where the files lie that requests send, by their SHA-256
     */
    TransportFactory of(Plan plan, int shards, Map<String, Path> sentFiles);
  }

  /**
   * Chooses and checks.
   *
   * @param environment variables of this process, which may name a proxy
   * @throws CommandException if the run cannot be carried out so.
   */
  static TransportChoice prepare(final RunOrder order, final Map<String, String> environment) {
    try {
      return order.kind() == TransportKind.SIMULATED
          ? simulated(order)
          : network(order, environment);
    } catch (final NetworkException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }

  /**
   * What is asked for, or what is chosen in its place.
   *
   * @throws CommandException if it is not to be had here.
   */
  static String network(final String asked) {
    try {
      final Backend backend = backend(asked);
      return backend.concrete().key() + (backend == Backend.AUTO ? ", chosen" : "");
    } catch (final NetworkException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }

  private static Backend backend(final String asked) {
    return Backend.valueOf(asked.toUpperCase(Locale.ROOT));
  }

  private static TransportChoice simulated(final RunOrder order) {
    final Plan plan = order.plan();
    final int shards = order.options().shards();
    if (plan.simulation() == null) {
      throw CommandException.usage(
          "plan '"
              + plan.name()
              + "' cannot be simulated: its file has no 'simulate' block; add one, such as"
              + " 'simulate: {latency: 20ms}'");
    }
    final int servers = plan.simulation().servers();
    if (servers != Simulation.UNLIMITED && servers < shards) {
      throw CommandException.usage(
          "each shard needs a simulated server of its own, but 'servers' is "
              + servers
              + " and --shards is "
              + shards);
    }
    return new TransportChoice(
        Thread::new,
        (part, count, sentFiles) -> (shard, clock) -> new SimulatedTransport(part, shard, count),
        "simulated target, virtual time");
  }

  private static TransportChoice network(
      final RunOrder order, final Map<String, String> environment) {
    final Plan plan = order.plan();
    final int shards = order.options().shards();
    if (plan.target() == null) {
      throw CommandException.usage(
          "plan '"
              + plan.name()
              + "' has no target: give one with --target URL, or run it with --simulate");
    }
    FileLimit.read()
        .flatMap(limit -> limit.refusal(plan, shards))
        .ifPresent(
            refusal -> {
              throw CommandException.usage(refusal);
            });
    final Backend backend = backend(order.network()).concrete();
    final ProxyChoice proxy = Proxying.choose(plan, order.secrets(), environment);
    final Resolution resolution =
        Resolution.resolve(plan.target(), plan.connections().opening(), proxy.server());
    checkTls(plan, resolution, order);
    WarmUp.run(backend, order.options(), plan);
    return new TransportChoice(
        NetworkThreads.factory(),
        (part, count, sentFiles) ->
            (shard, clock) ->
                NetworkTransport.create(
                    part, shard, count, clock, backend, resolution, order.credentials(), sentFiles),
        "target "
            + PlanText.target(plan.target())
            + ", network "
            + backend.key()
            + (plan.target().secure()
                ? ", TLS by " + TlsClient.describe(plan.tls().provider())
                : "")
            + (proxy.why().isEmpty() ? "" : ", " + proxy.why())
            + names(plan.connections().opening().route()));
  }

  /** Whom names are asked of, where that is not the system. */
  private static String names(final Route route) {
    return route.resolver().isEmpty() ? "" : ", names by " + route.resolver();
  }

  /** What cannot be had is said before anything of the run is made. */
  private static void checkTls(final Plan plan, final Resolution resolution, final RunOrder order) {
    if (!plan.target().secure()) {
      return;
    }
    try {
      TlsClient.create(
              plan.tls(),
              resolution.target(),
              order.credentials(),
              TlsClient.protocols(plan.connections().http().version()))
          .close();
    } catch (final TlsException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }
}
