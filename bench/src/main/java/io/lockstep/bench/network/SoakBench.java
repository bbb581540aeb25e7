package io.lockstep.bench.network;

import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.Scratch;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * A long run of 10,000 requests a second on nginx: whether its memory grows, and what its journal
 * takes on disk. It lasts 60 times as long as other network runs: ten minutes unless told
 * otherwise. Memory is that of the process as the kernel counts it, pages of the journal's mapped
 * file included; the first quarter, in which compilers and heap settle, is left out.
 */
public final class SoakBench implements Bench {
  private static final int RATE = 10_000;
  private static final int TINY_RATE = 500;
  private static final int LONGER = 60;
  private static final int SETTLING = 4;
  private static final double MOST_GROWTH = 0.05;
  private static final double MOST_BYTES = 120;
  private static final double MIB = 1 << 20;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String purpose() {
    return "memory and journal of a long run, on nginx";
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
    final int seconds = options.tiny() ? 3 : options.seconds() * LONGER;
    try (Scratch scratch = new Scratch(options.directory());
        Nginx target = new Nginx(Tools.find("nginx"), scratch.resolve("nginx"), cpus, Kind.PLAIN)) {
      final LockstepRun run =
          LockstepRun.of(
              cpus.client(options.lockstep()),
              scenario(target.url(), options.tiny() ? TINY_RATE : RATE, seconds),
              List.of("--threading", "shared"),
              0,
              seconds,
              scratch);
      judge(run, seconds, report);
    }
  }

  private static void judge(final LockstepRun run, final int seconds, final Report report) {
    final List<Long> settled =
        run.residents().subList(run.residents().size() / SETTLING, run.residents().size());
    final int half = settled.size() / 2;
    final double first = mean(settled.subList(0, half));
    final double second = mean(settled.subList(half, settled.size()));
    final double bytes = run.journalBytes() / (double) run.total("responses");
    report.figure("length", String.format(Locale.ROOT, "%,d", seconds), "s");
    report.figure("responses", String.format(Locale.ROOT, "%,d", run.total("responses")), "");
    report.figure("errors", String.format(Locale.ROOT, "%,d", run.total("errors")), "");
    report.figure("memory, earlier half", String.format(Locale.ROOT, "%,.1f", first / MIB), "MiB");
    report.figure("memory, later half", String.format(Locale.ROOT, "%,.1f", second / MIB), "MiB");
    report.figure("journal", String.format(Locale.ROOT, "%,.1f", bytes), "bytes/request");
    report.note(run.grade());
    report.atMost("soak: growth of memory", second / first - 1, MOST_GROWTH);
    report.atMost("soak: journal, bytes per request", bytes, MOST_BYTES);
  }

  private static double mean(final List<Long> values) {
    return values.stream().mapToLong(Long::longValue).average().orElse(Double.NaN);
  }

  private static String scenario(final String url, final int rate, final int seconds) {
    return String.format(
        Locale.ROOT,
        """
        name: soak
        seed: 42
        target: %s
        connections: {mode: shared, size: 64, open_ahead: 64}
        scenarios:
          ask:
            load: {executor: constant-arrival-rate, rate: %d, duration: %ds, max_vus: 1000}
            requests: [{name: home, path: /, checks: [{status: 200}]}]
        """,
        url,
        rate,
        seconds);
  }
}
