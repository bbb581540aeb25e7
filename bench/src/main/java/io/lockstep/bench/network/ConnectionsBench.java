package io.lockstep.bench.network;

import static io.lockstep.bench.measure.WrongResultException.requireEqual;

import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.Scratch;
import io.lockstep.bench.measure.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an open connection costs: 50,000 VUs, each with a connection of its own that stays open, and
 * a think time that makes 5,000 requests a second of them; against the same with few. The
 * connections come from several addresses of loopback, since two addresses have 28,000 ports
 * between them on most systems.
 */
public final class ConnectionsBench implements Bench {
  private static final int MANY = 50_000;
  private static final int FEW = 1_000;
  private static final int TINY_MANY = 60;
  private static final int TINY_FEW = 20;
  private static final int REQUESTS_PER_SECOND = 5_000;

  /** Files of a process besides its connections. */
  private static final int RESERVE = 500;

  private static final int OPENED_PER_SECOND = 10_000;
  private static final double NS_PER_US = 1e3;
  private static final double MOST_BYTES = 12 * 1024;

  /** More than this, and the tenth part, is a cliff. */
  private static final double MOST_LATENESS = 10;

  @Override
  public String name() {
    return "connections";
  }

  @Override
  public String purpose() {
    return "memory and lateness of 50,000 open connections, on nginx";
  }

  @Override
  public void run(final BenchOptions options, final Report report) throws IOException {
    report.section(name());
    for (final String tool : List.of("bash", "nginx")) {
      if (Tools.find(tool) == null) {
        report.skipped(name(), tool + " is not installed");
        return;
      }
    }
    final int few = options.tiny() ? TINY_FEW : FEW;
    final int wanted = options.tiny() ? TINY_MANY : MANY;
    final int most = LockstepRun.mostFiles() - RESERVE;
    final int many = Math.min(wanted, most);
    if (many <= few) {
      report.skipped(name(), "no process here may have " + (few + RESERVE) + " files open");
      return;
    }
    if (many < wanted) {
      report.note(String.format(Locale.ROOT, "%,d: no process may have more files open", many));
    }
    final Cpus cpus = new Cpus(Cpus.cores());
    report.note(cpus.describe());
    for (final String network : Networks.available(report)) {
      try (Scratch scratch = new Scratch(options.directory());
          Nginx target = Nginx.forMany(scratch.resolve("nginx"), cpus, many + RESERVE)) {
        final List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
          final Measured base = measure(network, few, target.url(), cpus, options, scratch);
          final Measured all = measure(network, many, target.url(), cpus, options, scratch);
          rounds.add(new Round(base, all));
        }
        tell(network, rounds, report);
      }
    }
  }

  private void tell(final String network, final List<Round> rounds, final Report report) {
    final Spread each = Spread.of(rounds, Round::bytesEach);
    report.figure(
        network + " resident, few",
        Spread.of(rounds, r -> r.few().run().residentBytes() / 1e6),
        0,
        "MB");
    report.figure(
        network + " resident, many",
        Spread.of(rounds, r -> r.many().run().residentBytes() / 1e6),
        0,
        "MB");
    report.figure(network + " for each connection", each, 0, "bytes");
    report.figure(
        network + " lateness p99, few", Spread.of(rounds, r -> r.few().lateUs()), 1, "us");
    report.figure(
        network + " lateness p99, many", Spread.of(rounds, r -> r.many().lateUs()), 1, "us");
    report.atMost(network + ": bytes for each connection", each.median(), MOST_BYTES);
    report.atMost(
        network + ": lateness p99, many / few",
        Spread.of(rounds, r -> r.many().lateUs() / Math.max(1, r.few().lateUs())).median(),
        MOST_LATENESS);
  }

  private static Measured measure(
      final String network,
      final int connections,
      final String url,
      final Cpus cpus,
      final BenchOptions options,
      final Scratch scratch)
      throws IOException {
    final int thinkMs = connections * 1000 / REQUESTS_PER_SECOND;
    final int seconds = options.tiny() ? 1 : Math.max(options.seconds(), 2 * thinkMs / 1000);
    final LockstepRun run =
        LockstepRun.of(
            options.lockstep(),
            scenario(url, connections, thinkMs, seconds),
            List.of("--threading", "shared", "--cpus", cpus.lastCore(), "--network", network),
            connections + RESERVE,
            seconds + connections / OPENED_PER_SECOND,
            scratch);
    requireEqual("errors", 0L, run.total("errors"));
    requireEqual(
        "connections opened", (long) connections, run.summary().at("/connections/opened").asLong());
    return new Measured(connections, run);
  }

  /** All VUs ask at once when they begin, which is no steady load and stays out of the figures. */
  private static String scenario(
      final String url, final int connections, final int thinkMs, final int seconds) {
    final int warmupMs = seconds * 1000 / 3;
    return String.format(
        Locale.ROOT,
        """
        name: connections
        seed: 42
        target: %s
        timeout: 10s
        connections:
          open_ahead: %d
          open_rate: %d
          sources: [127.0.0.2, 127.0.0.3, 127.0.0.4]
        scenarios:
          ask:
            warmup: %dms
            load: {executor: constant-vus, vus: %d, duration: %ds}
            think: {distribution: uniform, min: 0s, max: %dms}
            requests: [{name: home, path: /}]
        """,
        url,
        connections,
        OPENED_PER_SECOND,
        warmupMs,
        connections,
        seconds,
        2 * thinkMs);
  }

  private record Measured(int connections, LockstepRun run) {
    double lateUs() {
      return run.latenessNs("p99") / NS_PER_US;
    }
  }

  private record Round(Measured few, Measured many) {
    double bytesEach() {
      return (double) (many.run().residentBytes() - few.run().residentBytes())
          / (many.connections() - few.connections());
    }
  }
}
