package io.lockstep.bench.network;

import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.Scratch;
import io.lockstep.bench.measure.Spread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * From the command to the first byte of its first request, as a server of this process sees it: the
 * launcher, the JVM, loading the scenario, the warm-up, the start of the run. Once for each JDK
 * from 17 that the launcher would find, after a start that prepares it.
 */
public final class StartBench implements Bench {
  private static final int OLDEST = 17;
  private static final int NEW = 25;
  private static final double OLD_SECONDS = 0.8;
  private static final double NEW_SECONDS = 0.5;
  private static final double NS_PER_SECOND = 1e9;
  private static final int TIMEOUT_SECONDS = 120;
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String purpose() {
    return "time from the command to the first request, for each JDK";
  }

  @Override
  public void run(final BenchOptions options, final Report report) throws IOException {
    report.section(name());
    if (options.tiny()) {
      final int mine = Runtime.version().feature();
      measure(options, report, Path.of(System.getProperty("java.home")), mine);
      return;
    }
    for (final Path home : homes()) {
      measure(options, report, home, feature(home));
    }
  }

  private static void measure(
      final BenchOptions options, final Report report, final Path home, final int feature)
      throws IOException {
    final List<Double> seconds = new ArrayList<>();
    try (Scratch scratch = new Scratch(options.directory())) {
      // The first start makes what the others start from.
      for (int i = options.tiny() ? 0 : -1; i < options.rounds(); i++) {
        final double took = start(options, home, scratch);
        if (i >= 0) {
          seconds.add(took);
        }
      }
    }
    final Spread spread = Spread.of(seconds, value -> value);
    report.figure("JDK " + feature + ", to the first request", spread, 3, "s");
    report.atMost(
        "start: seconds to the first request, JDK " + feature,
        spread.median(),
        feature >= NEW ? NEW_SECONDS : OLD_SECONDS);
  }

  private static double start(final BenchOptions options, final Path home, final Scratch scratch)
      throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      final FutureTask<Long> first = new FutureTask<>(() -> answer(server));
      final Thread answering = new Thread(first, "answering");
      answering.setDaemon(true);
      answering.start();
      final Path file = scratch.resolve("start.yaml");
      Files.writeString(file, scenario(server.getLocalPort()), StandardCharsets.UTF_8);
      final List<String> command = new ArrayList<>(options.lockstep());
      command.addAll(List.of("run", file.toString(), "--quiet", "--out"));
      command.add(scratch.resolve("runs").toString());
      final ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(scratch.resolve("start.out").toFile());
      final Map<String, String> environment = builder.environment();
      environment.put("LOCKSTEP_JAVA_HOME", home.toString());
      final long startNs = System.nanoTime();
      final Process process = builder.start();
      final long firstNs = await(process, first, scratch);
      return (firstNs - startNs) / NS_PER_SECOND;
    }
  }

  private static long await(
      final Process process, final FutureTask<Long> first, final Scratch scratch)
      throws IOException {
    try {
      final long firstNs = first.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("lockstep did not end within " + TIMEOUT_SECONDS + " s");
      }
      return firstNs;
    } catch (final TimeoutException | ExecutionException e) {
      throw new IOException(
          "lockstep sent no request:\n" + Files.readString(scratch.resolve("start.out")), e);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Answers all that comes on one connection; returns when the first byte of it came. */
  private static long answer(final ServerSocket server) throws IOException {
    final Socket socket = server.accept();
    final byte[] buffer = new byte[4096];
    final int read = socket.getInputStream().read(buffer);
    final long firstNs = System.nanoTime();
    final Thread rest =
        new Thread(
            () -> {
              try (socket) {
                for (int more = 1; more > 0; more = socket.getInputStream().read(buffer)) {
                  socket.getOutputStream().write(ANSWER);
                }
              } catch (final IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "rest");
    rest.setDaemon(true);
    rest.start();
    if (read <= 0) {
      throw new IOException("the connection was closed before a request came");
    }
    return firstNs;
  }

  private static String scenario(final int port) {
    return String.format(
        Locale.ROOT,
        """
        name: start
        target: http://127.0.0.1:%d
        scenarios:
          ask:
            load: {executor: per-vu-iterations, vus: 1, iterations: 1}
            requests: [{name: home, path: /, checks: [{status: 200}]}]
        """,
        port);
  }

  /** One JDK of each feature version, the oldest first. */
  private static List<Path> homes() throws IOException {
    final List<Path> homes = new ArrayList<>();
    try (Stream<Path> found = Files.list(Path.of("/usr/lib/jvm"))) {
      final List<Path> sorted = found.sorted().toList();
      for (final Path home : sorted) {
        final int feature = feature(home);
        if (feature >= OLDEST && homes.stream().noneMatch(other -> feature(other) == feature)) {
          homes.add(home);
        }
      }
    }
    homes.sort((a, b) -> feature(a) - feature(b));
    return homes;
  }

  /** The feature version of the JDK in a folder; 0 where there is none. */
  private static int feature(final Path home) {
    final Path release = home.resolve("release");
    try (Stream<String> lines =
        Files.isReadable(release) && Files.isExecutable(home.resolve("bin/java"))
            ? Files.lines(release)
            : Stream.empty()) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("[^0-9.]", "").split("\\."))
          .mapToInt(parts -> Integer.parseInt(parts[0]))
          .findFirst()
          .orElse(0);
    } catch (final IOException e) {
      return 0;
    }
  }
}
