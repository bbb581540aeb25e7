package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import io.lockstep.engine.core.agent.Pinning;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.replay.event.Durations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a run is spread over this machine: what the user asked for, and for the rest what fits its
 * cores.
 */
final class RunSettings {
  /** Longest time that an event of a live run waits before a kill -9 cannot lose it any more. */
  static final long FLUSH_INTERVAL_NS = 100_000_000;

  private static final Path CPUS = Path.of("/sys/devices/system/cpu");
  private static final int DEDICATED_THREADS = 3;

  private RunSettings() {}

  /**
   * The options of a run.
   *
   * @param cores that this process may use
   * @throws CommandException if what was asked for cannot be.
   */
  static RunOptions of(final RunCommandLine asked, final int cores) {
    final Threading threading =
        asked.threading() == null
            ? asked.shards() * DEDICATED_THREADS < cores ? Threading.DEDICATED : Threading.SHARED
            : Threading.valueOf(asked.threading().toUpperCase(Locale.ROOT));
    final int agents = agents(asked.shards(), threading);
    final Idle idle =
        asked.idle() == null
            ? threading == Threading.DEDICATED && agents < cores ? Idle.SPIN : Idle.BACKOFF
            : Idle.valueOf(asked.idle().toUpperCase(Locale.ROOT));
    // Blocks that are cut by time would make the bytes of a simulated run depend on the clock.
    final long flushIntervalNs = asked.simulate() ? 0 : FLUSH_INTERVAL_NS;
    return new RunOptions(
        asked.shards(), threading, idle, cpus(asked.cpus(), agents), flushIntervalNs);
  }

  /** The options in words. */
  static String describe(final RunOptions options, final int cores) {
    final StringBuilder text = new StringBuilder();
    text.append(options.shards()).append(options.shards() == 1 ? " shard, " : " shards, ");
    text.append(options.threading().name().toLowerCase(Locale.ROOT)).append(" threading, idle ");
    text.append(options.idle().name().toLowerCase(Locale.ROOT));
    if (!options.cpus().isEmpty()) {
      text.append(", pinned to CPUs ").append(numbers(options.cpus()));
    }
    return text.append(" (").append(cores).append(cores == 1 ? " core)" : " cores)").toString();
  }

  /** What of the options the manifest has no key of its own for, by name. */
  static Map<String, String> notes(final RunOptions options) {
    return Map.of(
        "idle",
        options.idle().name().toLowerCase(Locale.ROOT),
        "cpus",
        options.cpus().isEmpty() ? "not pinned" : numbers(options.cpus()),
        "flush interval",
        options.flushIntervalNs() == 0 ? "none" : Durations.exact(options.flushIntervalNs()));
  }

  private static String numbers(final List<Integer> cpus) {
    return cpus.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static int agents(final int shards, final Threading threading) {
    return threading == Threading.SHARED ? shards : shards * DEDICATED_THREADS;
  }

  private static List<Integer> cpus(final String text, final int agents) {
    if (text == null) {
      return List.of();
    }
    final List<Integer> cpus = new ArrayList<>();
    for (final String part : text.split(",", -1)) {
      cpus.add(cpu(part.trim(), text));
    }
    if (cpus.size() > agents) {
      throw CommandException.usage(
          String.format(
              Locale.ROOT,
              "--cpus %s names %d CPUs, but this run has %d thread%s to pin",
              text,
              cpus.size(),
              agents,
              agents == 1 ? "" : "s"));
    }
    return cpus;
  }

  private static int cpu(final String part, final String text) {
    final int cpu;
    try {
      cpu = Integer.parseInt(part);
    } catch (final NumberFormatException e) {
      throw CommandException.usage(
          "--cpus " + text + ": '" + part + "' is not the number of a CPU; write --cpus 0,1", e);
    }
    if (cpu < 0 || (Files.isDirectory(CPUS) && !Files.isDirectory(CPUS.resolve("cpu" + cpu)))) {
      throw CommandException.usage("--cpus " + text + ": this machine has no CPU " + cpu);
    }
    if (!Pinning.allows(cpu)) {
      throw CommandException.usage(
          "--cpus "
              + text
              + ": threads of this process may not run on CPU "
              + cpu
              + ": it is offline, or the process belongs to a group with other CPUs; see"
              + " Cpus_allowed_list in /proc/self/status");
    }
    return cpu;
  }
}
