package io.lockstep.app.run;

import com.sun.management.UnixOperatingSystemMXBean;
import io.lockstep.app.console.CommandException;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Plan;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Checks that this process may open as many sockets as a plan can have connections at once. */
final class FileLimit {
  /** Files of the JVM, the journals and the standard streams, and some room. */
  static final long RESERVE = 100;

  private static final long FILES_PER_SHARD = 16;

  private FileLimit() {}

  /**
   * @throws CommandException if the limit is too low.
   */
  static void check(final Plan plan, final int shards) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      check(plan, shards, system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount());
    }
  }

  static void check(final Plan plan, final int shards, final long limit, final long open) {
    final int pool = plan.connections().pool();
    final long connections = pool == Connections.PER_VU ? plan.vus() : Math.min(pool, plan.vus());
    final long needed = connections + open + RESERVE + shards * FILES_PER_SHARD;
    if (needed > limit) {
      throw CommandException.usage(
          String.format(
              Locale.ROOT,
              "file limit too low: %,d connections need about %,d open files, this process may"
                  + " have %,d. Raise it ('ulimit -n %d', as far as the system's hard limit goes),"
                  + " share connections ('connections: {pool: …}' in the scenario), or ask for"
                  + " fewer VUs.",
              connections,
              needed,
              limit,
              needed));
    }
  }
}
