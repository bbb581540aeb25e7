package io.lockstep.app.host;

import io.lockstep.engine.transport.net.FileLimit;
import io.lockstep.engine.transport.net.UringState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Takes a {@link Host} out of Linux's {@code /proc} and {@code /sys}, and out of the JVM. */
final class HostReader {
  private static final int KIB = 1024;

  private final Path root;
  private final Supplier<UringState> uring;

  HostReader(final Supplier<UringState> uring) {
    this(Path.of("/"), uring);
  }

  /** Of a system whose files lie elsewhere. */
  HostReader(final Path root, final Supplier<UringState> uring) {
    this.root = root;
    this.uring = uring;
  }

  Host read() {
    final String[] ports = first("proc/sys/net/ipv4/ip_local_port_range").split("\\s+", -1);
    final ControlGroup group = new ControlGroup(root);
    final boolean range = ports.length == 2;
    return new Host(
        Runtime.getRuntime().availableProcessors(),
        group.quota(),
        parse(first("proc/loadavg").split(" ", -1)[0], Double::valueOf, (double) Host.UNKNOWN),
        governors(),
        first("sys/devices/system/clocksource/clocksource0/current_clocksource"),
        words(first("sys/devices/system/clocksource/clocksource0/available_clocksource")),
        FileLimit.read().orElse(null),
        range ? parse(ports[0], Integer::valueOf, Host.UNKNOWN) : Host.UNKNOWN,
        range ? parse(ports[1], Integer::valueOf, Host.UNKNOWN) : Host.UNKNOWN,
        timeWait(),
        parse(first("proc/sys/net/ipv4/tcp_max_tw_buckets"), Long::valueOf, (long) Host.UNKNOWN),
        memory("MemTotal:"),
        memory("MemAvailable:"),
        group.memoryBytes(),
        Runtime.getRuntime().maxMemory(),
        chosen(first("sys/kernel/mm/transparent_hugepage/enabled")),
        uring.get(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        Runtime.version().feature());
  }

  private List<String> governors() {
    final Path cpus = root.resolve("sys/devices/system/cpu");
    try (Stream<Path> all = Files.list(cpus)) {
      return all.filter(cpu -> cpu.getFileName().toString().matches("cpu\\d+"))
          .map(cpu -> first(root.relativize(cpu) + "/cpufreq/scaling_governor"))
          .filter(governor -> !governor.isEmpty())
          .distinct()
          .sorted()
          .toList();
    } catch (final IOException e) {
      return List.of();
    }
  }

  private long timeWait() {
    for (final String line : lines("proc/net/sockstat")) {
      final List<String> words = words(line);
      final int index = words.indexOf("tw");
      if (line.startsWith("TCP:") && index >= 0 && index + 1 < words.size()) {
        return parse(words.get(index + 1), Long::valueOf, (long) Host.UNKNOWN);
      }
    }
    return Host.UNKNOWN;
  }

  private long memory(final String name) {
    for (final String line : lines("proc/meminfo")) {
      if (line.startsWith(name)) {
        final String kib =
            line.substring(name.length()).trim().toLowerCase(Locale.ROOT).replace(" kb", "");
        final long value = parse(kib, Long::valueOf, (long) Host.UNKNOWN);
        return value == Host.UNKNOWN ? value : value * KIB;
      }
    }
    return Host.UNKNOWN;
  }

  /** The word in brackets. */
  private static String chosen(final String words) {
    final int from = words.indexOf('[');
    final int to = words.indexOf(']');
    return from >= 0 && to > from ? words.substring(from + 1, to) : "";
  }

  private static List<String> words(final String line) {
    return line.isBlank() ? List.of() : List.of(line.trim().split("\\s+", -1));
  }

  private static <T> T parse(
      final String text, final Function<String, T> parser, final T otherwise) {
    try {
      return parser.apply(text);
    } catch (final NumberFormatException e) {
      return otherwise;
    }
  }

  private String first(final String file) {
    final List<String> lines = lines(file);
    return lines.isEmpty() ? "" : lines.get(0).trim();
  }

  private List<String> lines(final String file) {
    return ProcFiles.lines(root.resolve(file));
  }
}
