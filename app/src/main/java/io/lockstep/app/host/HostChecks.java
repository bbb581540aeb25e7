package io.lockstep.app.host;

import io.lockstep.app.host.HostCheck.Level;
import io.lockstep.engine.transport.net.Backend;
import io.lockstep.engine.transport.net.FileLimit;
import io.lockstep.engine.transport.net.UringState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at a machine as a load generator would have it. The rules, each by itself. */
public final class HostChecks {
  /** That the kernel reads without a system call, on one kind of machine or another. */
  private static final List<String> GOOD_CLOCKS =
      List.of("tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page");

  private static final List<String> SLOW_CLOCKS = List.of("hpet", "acpi_pm", "jiffies", "pit");
  private static final int FEW_PORTS = 20_000;
  private static final long FEW_FILES = 65_536;
  private static final int NEWEST_JDK = 25;
  private static final long MIB = 1L << 20;

  /** Code, journals, network buffers. */
  private static final long OUTSIDE_HEAP_BYTES = 256 * MIB;

  private static final String UNTOLD = "this system does not tell";
  private static final String MORE_PORTS =
      "sudo sysctl -w net.ipv4.ip_local_port_range='1024 65535'";

  private HostChecks() {}

  /** All of them, in an order for people. */
  public static List<HostCheck> of(final Host host) {
    final List<HostCheck> checks = new ArrayList<>();
    checks.add(cores(host));
    checks.add(governor(host));
    checks.add(clock(host));
    checks.add(files(host));
    checks.add(ports(host));
    checks.add(timeWait(host));
    checks.add(memory(host));
    checks.add(hugePages(host));
    checks.add(network(host));
    checks.add(jdk(host));
    return List.copyOf(checks);
  }

  static HostCheck cores(final Host host) {
    final String load = host.load() < 0 ? "" : format(", load average %.1f", host.load());
    final String found = host.cores() + (host.cores() == 1 ? " core" : " cores") + load;
    if (host.quota() > 0 && host.quota() < host.cores()) {
      return check(
          "cores",
          Level.WARNING,
          found + format(", a quota of %.1f cores", host.quota()),
          "a group of processes beyond its quota stands still until the period is over, so threads"
              + " must not spin: use --idle backoff, or raise the quota");
    }
    if (host.load() >= host.cores()) {
      return check(
          "cores",
          Level.WARNING,
          found,
          "other processes want all of them, and what they take a run measures as its own delay:"
              + " stop them",
          "top -b -n 1 | head -n 15");
    }
    return host.cores() < 2
        ? check(
            "cores",
            Level.NOTE,
            found,
            "a target on this machine would share it with the generator: put it elsewhere")
        : ok("cores", found);
  }

  static HostCheck governor(final Host host) {
    if (host.governors().isEmpty()) {
      return ok("governor", "none to be seen: the hypervisor or the processor decides");
    }
    final String found = String.join(", ", host.governors());
    return host.governors().equals(List.of("performance"))
        ? ok("governor", found)
        : check(
            "governor",
            Level.WARNING,
            found,
            "cores slow down while a run waits and are slow when it wakes: ask for full speed",
            "sudo cpupower frequency-set -g performance");
  }

  /** Whether the clock costs a run's timestamps their precision. */
  public static HostCheck clock(final Host host) {
    if (host.clockSource().isEmpty()) {
      return ok("clock", UNTOLD);
    }
    if (!SLOW_CLOCKS.contains(host.clockSource())) {
      return GOOD_CLOCKS.contains(host.clockSource())
          ? ok("clock", host.clockSource())
          : check("clock", Level.NOTE, host.clockSource(), "not one that Lockstep knows as fast");
    }
    final List<String> better =
        host.clockSources().stream().filter(GOOD_CLOCKS::contains).limit(1).toList();
    return new HostCheck(
        "clock",
        Level.WARNING,
        host.clockSource(),
        "each look at it takes a microsecond or more, and a request has several: "
            + (better.isEmpty() ? "this machine has no better one" : "take a better one"),
        better.stream()
            .map(
                name ->
                    "echo "
                        + name
                        + " | sudo tee"
                        + " /sys/devices/system/clocksource/clocksource0/current_clocksource")
            .toList());
  }

  static HostCheck files(final Host host) {
    final FileLimit files = host.files();
    if (files == null) {
      return ok("open files", UNTOLD);
    }
    final String found = format("%,d at most, %,d open", files.soft(), files.open());
    if (files.soft() >= FEW_FILES) {
      return ok("open files", found);
    }
    if (files.soft() >= files.hard()) {
      return check(
          "open files",
          Level.NOTE,
          found,
          "each connection is one: for more, raise the hard limit as root, for the user that starts"
              + " Lockstep",
          "echo \"$USER - nofile 1048576\" | sudo tee /etc/security/limits.d/lockstep.conf");
    }
    final String all = files.hard() == Long.MAX_VALUE ? "1048576" : Long.toString(files.hard());
    return check(
        "open files",
        Level.NOTE,
        found,
        "each connection is one: for more, raise the limit in the shell that starts Lockstep",
        "ulimit -n " + all);
  }

  static HostCheck ports(final Host host) {
    if (host.ports() == Host.UNKNOWN) {
      return ok("ports", UNTOLD);
    }
    final String found =
        format(
            "%,d for outgoing connections (%d to %d)",
            host.ports(), host.firstPort(), host.lastPort());
    return host.ports() >= FEW_PORTS
        ? ok("ports", found)
        : check(
            "ports",
            Level.WARNING,
            found,
            "as many connections to one address of a target at most, those in TIME_WAIT included",
            MORE_PORTS);
  }

  static HostCheck timeWait(final Host host) {
    if (host.timeWait() == Host.UNKNOWN) {
      return ok("time-wait", UNTOLD);
    }
    final String found =
        format("%,d sockets", host.timeWait())
            + (host.maxTimeWait() < 0 ? "" : format(" of %,d", host.maxTimeWait()));
    return host.ports() == Host.UNKNOWN || host.timeWait() * 2 < host.ports()
        ? ok("time-wait", found)
        : check(
            "time-wait",
            Level.WARNING,
            found,
            "they hold their ports for a minute; wait, or let new connections have them",
            "sudo sysctl -w net.ipv4.tcp_tw_reuse=1",
            MORE_PORTS);
  }

  static HostCheck memory(final Host host) {
    if (host.memoryBytes() < 0 || host.availableBytes() < 0) {
      return ok("memory", format("%,d MiB of heap at most", host.heapBytes() / MIB));
    }
    final String found =
        format(
            "%,d MiB, %,d MiB of it available; a heap of %,d MiB at most",
            host.memoryBytes() / MIB, host.availableBytes() / MIB, host.heapBytes() / MIB);
    if (host.limitBytes() >= 0 && host.heapBytes() + OUTSIDE_HEAP_BYTES > host.limitBytes()) {
      return check(
          "memory",
          Level.WARNING,
          found + format("; a limit of %,d MiB for this group", host.limitBytes() / MIB),
          "a process beyond the limit of its group is killed, and a JVM needs memory besides its"
              + " heap: set a smaller one, or raise the limit",
          format("export LOCKSTEP_JAVA_OPTS=-Xmx%dm", Math.max(64, host.limitBytes() / MIB / 2)));
    }
    return host.heapBytes() <= host.availableBytes()
        ? ok("memory", found)
        : check(
            "memory",
            Level.NOTE,
            found,
            "a run that needed all of its heap would make the machine swap: free some, or set a"
                + " smaller one",
            format(
                "export LOCKSTEP_JAVA_OPTS=-Xmx%dm",
                Math.max(64, host.availableBytes() / MIB / 2)));
  }

  static HostCheck hugePages(final Host host) {
    if (host.transparentHugePages().isEmpty()) {
      return ok("huge pages", UNTOLD);
    }
    final String found = "transparent ones: " + host.transparentHugePages();
    return host.transparentHugePages().equals("never")
        ? check(
            "huge pages",
            Level.NOTE,
            found,
            "a run of a million VUs is a little faster with them",
            "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled",
            "export LOCKSTEP_JAVA_OPTS=-XX:+UseTransparentHugePages")
        : ok("huge pages", found);
  }

  static HostCheck network(final Host host) {
    final String chosen = Backend.AUTO.concrete().key() + " is what runs get";
    final UringState uring = host.uring();
    if (uring == null) {
      return ok("network", chosen);
    }
    return uring.isUsable()
        ? ok("network", chosen + "; io_uring can be asked for (--network io_uring)")
        : new HostCheck(
            "network",
            uring.commands().isEmpty() ? Level.OK : Level.NOTE,
            chosen + "; no io_uring: " + uring.reason(),
            uring.advice().isEmpty() ? "" : "where a run is to use it: " + uring.advice(),
            uring.commands());
  }

  static HostCheck jdk(final Host host) {
    return host.jdkFeature() >= NEWEST_JDK
        ? ok("JDK", host.jdk())
        : check(
            "JDK",
            Level.NOTE,
            host.jdk(),
            format(
                "JDK %d starts sooner; Lockstep takes the newest that it finds, or the one you name",
                NEWEST_JDK),
            "export LOCKSTEP_JAVA_HOME=/path/to/jdk");
  }

  private static HostCheck ok(final String topic, final String found) {
    return new HostCheck(topic, Level.OK, found, "", List.of());
  }

  private static HostCheck check(
      final String topic,
      final Level level,
      final String found,
      final String advice,
      final String... commands) {
    return new HostCheck(topic, level, found, advice, List.of(commands));
  }

  private static String format(final String text, final Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
