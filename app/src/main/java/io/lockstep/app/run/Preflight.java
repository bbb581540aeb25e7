package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.host.Host;
import io.lockstep.app.host.HostCheck;
import io.lockstep.app.host.HostChecks;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.transport.net.FileLimit;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be said of a run and this machine before anything of it is made. */
final class Preflight {
  /**
   * Heap that a VU needs, rounded up: 84 for the machine and its timers, about 50 for either
   * transport. What an open connection holds comes on top, while the run goes on.
   */
  static final long BYTES_PER_VU = 150;

  /** For all else: code, journal, metrics of a few hundred requests. */
  static final long BASE_BYTES = 64L << 20;

  /** An open connection: some 2 KiB of heap and buffers, the rest in the kernel. */
  private static final long BYTES_PER_CONNECTION = 8 << 10;

  /** What an engine of TLS holds besides. */
  private static final long BYTES_PER_TLS = 40 << 10;

  private static final int DEDICATED_THREADS = 3;
  private static final long UNKNOWN_PAIRS = -1;
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final long MIB = 1L << 20;

  private Preflight() {}

  /**
   * Refuses what cannot be and warns of what hardly can.
   *
   * @throws CommandException if the run cannot be.
   */
  static void check(final RunOrder order, final Console console) {
    checkHeap(order.plan(), Runtime.getRuntime().maxMemory());
    cpuWarning(order.options()).ifPresent(console.err()::println);
    if (order.kind() == TransportKind.NETWORK) {
      hostWarnings(Host.glance(), order.plan(), order.options()).forEach(console.err()::println);
    }
  }

  /**
   * Refuses a run whose VUs cannot fit.
   *
   * @param heapBytes what the JVM may use at most
   * @throws CommandException if they do not.
   */
  static void checkHeap(final Plan plan, final long heapBytes) {
    final long neededBytes = plan.lanes() * BYTES_PER_VU + plan.slots() * Long.BYTES + BASE_BYTES;
    if (neededBytes <= heapBytes) {
      return;
    }
    // The arrays are few and long: a collector in regions wants room around them.
    final long adviseMib = (neededBytes + neededBytes / 4) / MIB + 1;
    throw CommandException.usage(
        String.format(
            Locale.ROOT,
            "%,d VUs need a heap of about %,d MiB, and this JVM may use %,d MiB:"
                + " set LOCKSTEP_JAVA_OPTS=-Xmx%dm if this machine has the memory,"
                + " or ask for fewer VUs",
            plan.vus(),
            neededBytes / MIB + 1,
            heapBytes / MIB,
            adviseMib));
  }

  /** What of the machine stands in the way of this plan; {@code lockstep doctor} tells all. */
  static List<String> hostWarnings(final Host host, final Plan plan, final RunOptions options) {
    final List<String> warnings = new ArrayList<>();
    portWarning(host, plan, options.shards()).ifPresent(warnings::add);
    memoryWarning(host, plan, options.shards()).ifPresent(warnings::add);
    final HostCheck clock = HostChecks.clock(host);
    if (clock.level() == HostCheck.Level.WARNING) {
      warnings.add("warning: the clock is " + clock.found() + ": " + clock.advice());
    }
    quotaWarning(host, options).ifPresent(warnings::add);
    if (!warnings.isEmpty()) {
      warnings.add("         (lockstep doctor tells what to change, with the commands)");
    }
    return warnings;
  }

  /** Who spins uses all of a core, and beyond its quota a group of processes stands still. */
  private static Optional<String> quotaWarning(final Host host, final RunOptions options) {
    return options.idle() != Idle.SPIN || host.quota() <= 0 || host.quota() >= threads(options)
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "warning: %d threads spin within a quota of %.1f cores and will be made to stand"
                    + " still; use --idle backoff",
                threads(options),
                host.quota()));
  }

  /** What VUs and connections need, in this process and in the kernel. */
  private static Optional<String> memoryWarning(
      final Host host, final Plan plan, final int shards) {
    final long connections = FileLimit.connectionsOf(plan, shards);
    final boolean secure = plan.target() != null && plan.target().secure();
    final long neededBytes =
        BASE_BYTES
            + plan.lanes() * BYTES_PER_VU
            + connections * (BYTES_PER_CONNECTION + (secure ? BYTES_PER_TLS : 0));
    return host.freeBytes() < 0 || neededBytes <= host.freeBytes()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "warning: %,d VUs with %,d connections need about %,d MiB of memory, and %,d MiB"
                    + " can be had",
                plan.vus(),
                connections,
                neededBytes / MIB,
                host.freeBytes() / MIB));
  }

  /** A port is taken once for each two addresses that connections are between. */
  private static Optional<String> portWarning(final Host host, final Plan plan, final int shards) {
    final long pairs = addressPairs(plan);
    if (host.ports() == Host.UNKNOWN || pairs == UNKNOWN_PAIRS) {
      return Optional.empty();
    }
    final long connections = FileLimit.connectionsOf(plan, shards);
    final long ports = pairs * host.ports();
    final long free = ports - Math.max(0, host.timeWait());
    return connections <= free
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "warning: %,d connections need a local port each, and %,d of %,d are free",
                connections,
                Math.max(0, free),
                ports));
  }

  /** How many local and remote addresses there are to combine, as far as the plan tells. */
  private static long addressPairs(final Plan plan) {
    final Opening opening = plan.connections().opening();
    if (!opening.unixSocket().isEmpty() || plan.target() == null) {
      return UNKNOWN_PAIRS;
    }
    final long sources = Math.max(1, opening.sources().size());
    final String host = plan.target().host();
    if (!opening.inTurn()) {
      return sources;
    }
    if (opening.route().proxy() != null) {
      return UNKNOWN_PAIRS; // of the proxy, which may be of the environment
    }
    // Those of a name that is looked up are not known yet.
    return opening
        .addressesOf(host)
        .map(addresses -> sources * addresses.stream().distinct().count())
        .orElse(ADDRESS.matcher(host).matches() ? sources : UNKNOWN_PAIRS);
  }

  private static int threads(final RunOptions options) {
    return options.threading() == Threading.SHARED
        ? options.shards()
        : options.shards() * DEDICATED_THREADS;
  }

  /** A warning where threads are pinned to fewer CPUs than there are threads. */
  static Optional<String> cpuWarning(final RunOptions options) {
    final int threads = threads(options);
    final long cpus = options.cpus().stream().distinct().count();
    if (cpus == 0 || cpus >= threads) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "warning: --cpus names %d CPU%s for %d threads, so some share one%s; name %d CPUs%s",
            cpus,
            cpus == 1 ? "" : "s",
            threads,
            options.idle() == Idle.SPIN ? " and hold each other up, since idle ones spin" : "",
            threads,
            options.idle() == Idle.SPIN ? ", or use --idle backoff" : ""));
  }
}
