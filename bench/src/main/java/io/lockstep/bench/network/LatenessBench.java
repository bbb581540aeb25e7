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
 * How late requests of an open schedule are sent: 20,000 a second from one thread, which is pinned
 * to a core of its own and does the engine's, the network's and the journal's work; nginx on
 * another core. The machine has to be idle otherwise.
 */
public final class LatenessBench implements Bench {
  private static final int RATE = 20_000;
  private static final int TINY_RATE = 500;
  private static final int VUS = 1_000;
  private static final double NS_PER_US = 1e3;
  private static final double P50_US = 20;
  private static final double P99_US = 200;

  @Override
  public String name() {
    return "lateness";
  }

  @Override
  public String purpose() {
    return "how late requests of an open schedule are sent, on nginx";
  }

  @Override
  public void run(final BenchOptions options, final Report report) throws IOException {
    report.section(name());
    if (Tools.find("nginx") == null) {
      report.skipped(name(), "nginx is not installed");
      return;
    }
    final Cpus cpus = new Cpus(Cpus.cores());
    report.note(cpus.describe());
    for (final String network : Networks.available(report)) {
      try (Scratch scratch = new Scratch(options.directory());
          Nginx target =
              new Nginx(Tools.find("nginx"), scratch.resolve("nginx"), cpus, Kind.PLAIN)) {
        measure(network, target.url(), cpus, options, scratch, report);
      }
    }
  }

  private void measure(
      final String network,
      final String url,
      final Cpus cpus,
      final BenchOptions options,
      final Scratch scratch,
      final Report report)
      throws IOException {
    final int rate = options.tiny() ? TINY_RATE : RATE;
    final int seconds = options.tiny() ? 1 : options.seconds();
    final List<LockstepRun> runs = new ArrayList<>();
    for (int i = 0; i < options.rounds(); i++) {
      final LockstepRun run =
          LockstepRun.of(
              options.lockstep(),
              scenario(url, rate, seconds),
              List.of("--threading", "shared", "--cpus", cpus.lastCore(), "--network", network),
              0,
              seconds,
              scratch);
      final long owed = (long) rate * seconds;
      requireEqual("sent and dropped", owed, run.total("issued") + run.total("arrivalsDropped"));
      runs.add(run);
    }
    for (final String percentile : List.of("p50", "p99", "p999", "max")) {
      report.figure(network + " " + percentile, late(runs, percentile), 1, "us");
    }
    report.note(network + ": " + runs.get(0).grade());
    report.atMost(network + ": lateness p50, us", late(runs, "p50").median(), P50_US);
    report.atMost(network + ": lateness p99, us", late(runs, "p99").median(), P99_US);
  }

  private static Spread late(final List<LockstepRun> runs, final String percentile) {
    return Spread.of(runs, run -> run.latenessNs(percentile) / NS_PER_US);
  }

  private static String scenario(final String url, final int rate, final int seconds) {
    return String.format(
        Locale.ROOT,
        """
        name: lateness
        seed: 42
        target: %s
        connections: {mode: shared, size: 64, open_ahead: 64}
        scenarios:
          ask:
            load: {executor: constant-arrival-rate, rate: %d, duration: %ds, max_vus: %d}
            requests: [{name: home, path: /}]
        """,
        url,
        rate,
        seconds,
        VUS);
  }
}
