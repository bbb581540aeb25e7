package io.lockstep.app.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What Linux's control groups let this process have, of version 1 or 2; see cgroups(7). A group has
 * no more than any that it lies in, so all on the way to the root are asked. In a container the
 * path may be that of the host, and its own group lies at the root.
 */
final class ControlGroup {
  /** Version 1 says "no limit" by a number near the largest there is. */
  private static final long NO_LIMIT = 1L << 60;

  private static final String MAX = "max";
  private static final String GROUPS = "sys/fs/cgroup";

  private final Path root;
  private final List<String> memberships;

  /** Of a system whose files lie below a root. */
  ControlGroup(final Path root) {
    this.root = root;
    memberships = ProcFiles.lines(root.resolve("proc/self/cgroup"));
  }

  /** CPU that is granted, in cores; {@link Host#UNKNOWN} for no quota. */
  double quota() {
    double least = Host.UNKNOWN;
    for (final Path group : groups("")) {
      least = lesser(least, ratio(first(group.resolve("cpu.max")).split(" ", -1)));
    }
    for (final Path group : groups("cpu")) {
      final String quota = first(group.resolve("cpu.cfs_quota_us"));
      final String period = first(group.resolve("cpu.cfs_period_us"));
      least = lesser(least, ratio(new String[] {quota, period}));
    }
    return least;
  }

  /** Most memory that may be used; {@link Host#UNKNOWN} for no limit. */
  long memoryBytes() {
    double least = Host.UNKNOWN;
    for (final Path group : groups("")) {
      least = lesser(least, number(first(group.resolve("memory.max"))));
    }
    for (final Path group : groups("memory")) {
      least = lesser(least, number(first(group.resolve("memory.limit_in_bytes"))));
    }
    return (long) least;
  }

  /** The directories of a controller's groups, of version 2 where that has no name. */
  private List<Path> groups(final String controller) {
    final Path mount = root.resolve(GROUPS).resolve(controller);
    final Path own = mount.resolve(pathOf(controller)).normalize();
    final List<Path> found = new ArrayList<>(List.of(mount));
    for (Path at = own; at.startsWith(mount) && !at.equals(mount); at = at.getParent()) {
      found.add(at);
    }
    return found;
  }

  private String pathOf(final String controller) {
    for (final String membership : memberships) {
      final String[] parts = membership.split(":", 3);
      if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains(controller)) {
        return parts[2].substring(Math.min(1, parts[2].length()));
      }
    }
    return "";
  }

  private static double ratio(final String[] words) {
    if (words.length != 2) {
      return Host.UNKNOWN;
    }
    final double quota = number(words[0]);
    final double period = number(words[1]);
    return quota > 0 && period > 0 ? quota / period : Host.UNKNOWN;
  }

  private static double lesser(final double one, final double other) {
    return one < 0 ? other : other < 0 ? one : Math.min(one, other);
  }

  private static double number(final String text) {
    if (text.isEmpty() || text.equals(MAX)) {
      return Host.UNKNOWN;
    }
    try {
      final long value = Long.parseLong(text);
      return value < 0 || value >= NO_LIMIT ? Host.UNKNOWN : value;
    } catch (final NumberFormatException e) {
      return Host.UNKNOWN;
    }
  }

  private static String first(final Path file) {
    final List<String> lines = ProcFiles.lines(file);
    return lines.isEmpty() ? "" : lines.get(0).trim();
  }
}
