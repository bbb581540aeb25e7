package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many files, connections among them, this process may have open.
 *
 * @param soft the limit in force, {@link Long#MAX_VALUE} for none
 * @param hard up to which the soft one can be raised without privilege
 * @param open now
 */
public record FileLimit(long soft, long hard, long open) {
  /** Left for journals, jars and the rest. */
  private static final int RESERVE = 64;

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");
  private static final String ROW = "Max open files";

  /** This process's, or empty where the system does not tell. */
  public static Optional<FileLimit> read() {
    if (!Files.isReadable(LIMITS)) {
      return Optional.empty();
    }
    try (Stream<Path> open = Files.list(OPEN_FILES)) {
      return parse(Files.readAllLines(LIMITS), open.count());
    } catch (final IOException e) {
      return Optional.empty();
    }
  }

  /** The connections that a plan can have open at once over all shards. */
  public static long connectionsOf(final Plan plan, final int shards) {
    final Connections connections = plan.connections();
    return connections.isShared() ? Math.max(connections.pool(), shards) : plan.lanes();
  }

  /** A message for the user if the plan's connections do not fit, else empty. */
  public Optional<String> refusal(final Plan plan, final int shards) {
    final long connections = connectionsOf(plan, shards);
    final long needed = connections + open + RESERVE;
    if (needed <= soft) {
      return Optional.empty();
    }
    return Optional.of(
        "the limit of open files is too low: "
            + connections
            + " connections and "
            + (open + RESERVE)
            + " other files need "
            + needed
            + ", the limit is "
            + soft
            + "; raise it with `ulimit -n "
            + needed
            + "`"
            + (needed > hard ? " (beyond the hard limit of " + hard + ": as root)" : "")
            + ", or ask for fewer VUs or a smaller connection pool");
  }

  static Optional<FileLimit> parse(final List<String> limits, final long open) {
    for (final String line : limits) {
      if (line.startsWith(ROW)) {
        final String[] columns = line.substring(ROW.length()).trim().split("\\s+", 3);
        return Optional.of(new FileLimit(limit(columns[0]), limit(columns[1]), open));
      }
    }
    return Optional.empty();
  }

  private static long limit(final String text) {
    return text.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(text);
  }
}
