package io.lockstep.app.host;

import io.lockstep.engine.core.port.HostProbe;
import io.lockstep.engine.core.port.HostProbe.ThreadCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes Linux's counters out of {@code /proc}; see proc(5). */
final class ProcFiles {
  /** A tick of {@code /proc/stat}: USER_HZ, which the kernel's interface fixes at 100. */
  private static final long STAT_TICK_NS = 10_000_000;

  private static final int USER = 1;
  private static final int NICE = 2;
  private static final int SYSTEM = 3;
  private static final int INTERRUPTS = 6;
  private static final int SOFT_INTERRUPTS = 7;
  private static final int STOLEN = 8;
  private static final int STAT_COLUMNS = 9;

  private final Path root;

  ProcFiles(final Path root) {
    this.root = root;
  }

  /** Of a thread whose directory is known. */
  ThreadCounts thread(final Path task) {
    final String[] schedule = String.join(" ", lines(task.resolve("schedstat"))).split(" ", -1);
    final boolean known = schedule.length == 3; // run time, wait time, slices
    return new ThreadCounts(
        known ? number(schedule[1]) : HostProbe.UNKNOWN,
        known ? number(schedule[2]) : HostProbe.UNKNOWN,
        preemptions(task));
  }

  private static long preemptions(final Path task) {
    for (final String line : lines(task.resolve("status"))) {
      if (line.startsWith("nonvoluntary_ctxt_switches:")) {
        return number(line.substring(line.indexOf(':') + 1).trim());
      }
    }
    return HostProbe.UNKNOWN;
  }

  /** CPU of all processes, the system's own work included. */
  long cpuNs() {
    final String[] columns = cpu();
    return columns.length < STAT_COLUMNS
        ? HostProbe.UNKNOWN
        : STAT_TICK_NS
            * (number(columns[USER])
                + number(columns[NICE])
                + number(columns[SYSTEM])
                + number(columns[INTERRUPTS])
                + number(columns[SOFT_INTERRUPTS]));
  }

  long stolenNs() {
    final String[] columns = cpu();
    return columns.length < STAT_COLUMNS
        ? HostProbe.UNKNOWN
        : STAT_TICK_NS * number(columns[STOLEN]);
  }

  private String[] cpu() {
    final List<String> lines = lines(root.resolve("stat"));
    return lines.isEmpty() ? new String[0] : lines.get(0).trim().split("\\s+", -1);
  }

  long segmentsSent() {
    return tcp("OutSegs");
  }

  long segmentsRetransmitted() {
    return tcp("RetransSegs");
  }

  /** A column of the two lines about TCP: the names, then the values. */
  long tcp(final String column) {
    String[] names = null;
    for (final String line : lines(root.resolve("net").resolve("snmp"))) {
      if (line.startsWith("Tcp:")) {
        final String[] columns = line.split(" ", -1);
        if (names == null) {
          names = columns;
        } else {
          final int index = List.of(names).indexOf(column);
          return index < 0 || index >= columns.length ? HostProbe.UNKNOWN : number(columns[index]);
        }
      }
    }
    return HostProbe.UNKNOWN;
  }

  private static long number(final String text) {
    try {
      return Long.parseLong(text);
    } catch (final NumberFormatException e) {
      return HostProbe.UNKNOWN;
    }
  }

  /** None where the system has no such file, or it is not for us to read. */
  static List<String> lines(final Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (final IOException e) {
      return List.of();
    }
  }
}
