package io.lockstep.bench.accuracy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.ProcessRun;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.Scratch;
import io.lockstep.bench.measure.WrongResultException;
import io.lockstep.scenario.plan.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Compares the latencies that a run tells with what its target stamped, at several rates; and lets
 * a target freeze in the middle, where the response times must show what users would have felt.
 *
 * <p>A service time holds two passages through the kernel and two wake-ups on top of what the
 * target stamped, so the difference is never zero: it bounds the error from above.
 */
public final class AccuracyBench implements Bench {
  private static final int[] RATES = {1_000, 5_000, 10_000, 20_000, 50_000};
  private static final int[] TINY_RATES = {200};
  private static final Distribution DELAY = new Distribution.LogNormal(2_000_000, 0.5);
  private static final Distribution QUICK = new Distribution.Constant(200_000);
  private static final double NS_PER_MS = 1e6;
  private static final double NS_PER_US = 1e3;
  private static final int GRACE_SECONDS = 60;

  /** Connections that share the load of the stall test, as wrk2's would. */
  private static final int STALL_CONNECTIONS = 20;

  private static final int STALL_RATE = 1_000;

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public String purpose() {
    return "latencies told against those stamped by the target, and a target that freezes";
  }

  @Override
  public void run(final BenchOptions options, final Report report) throws IOException {
    report.section("accuracy");
    final int seconds = options.tiny() ? 1 : options.seconds();
    try (Scratch scratch = new Scratch(options.directory())) {
      for (final int rate : options.tiny() ? TINY_RATES : RATES) {
        accuracy(rate, seconds, options, scratch, report);
      }
      stall(options.tiny() ? 2 : Math.max(4, options.seconds()), options, scratch, report);
    }
  }

  private static void accuracy(
      final int rate,
      final int seconds,
      final BenchOptions options,
      final Scratch scratch,
      final Report report)
      throws IOException {
    try (StampingTarget target = new StampingTarget(DELAY, 0, 0)) {
      final String load = arrivals(rate, seconds, Math.max(100, rate / 100));
      final JsonNode summary =
          lockstep("accuracy", "", load, seconds, target.url(), options, scratch);
      final Histogram truth = target.stamped();
      final JsonNode told = summary.at("/requests/0/serviceNs");
      WrongResultException.requireEqual(
          "responses at " + rate + "/s", truth.getTotalCount(), told.get("count").asLong());
      final String name = String.format(Locale.ROOT, "%,d/s", rate);
      report.note(name + ": " + verdict(summary));
      compare(report, name + " p50", truth.getValueAtPercentile(50), told.get("p50").asLong());
      compare(report, name + " p99", truth.getValueAtPercentile(99), told.get("p99").asLong());
      compare(report, name + " p99.9", truth.getValueAtPercentile(99.9), told.get("p999").asLong());
      compare(report, name + " max", truth.getMaxValue(), told.get("max").asLong());
    }
  }

  private static void compare(
      final Report report, final String name, final long trueNs, final long toldNs) {
    report.figure(
        name,
        String.format(
            Locale.ROOT,
            "stamped %.3f ms, told %.3f ms, difference %+.0f",
            trueNs / NS_PER_MS,
            toldNs / NS_PER_MS,
            (toldNs - trueNs) / NS_PER_US),
        "us");
  }

  /**
   * Arrivals come at a steady rate, whatever happens; the target freezes for a quarter of a tiny
   * run, and for a second of any other. An arrival within the freeze has to wait for what is left
   * of it, so response times above a moment are spread evenly over it.
   */
  private static void stall(
      final int seconds, final BenchOptions options, final Scratch scratch, final Report report)
      throws IOException {
    final long freezeNs = options.tiny() ? 500_000_000L : 1_000_000_000L;
    final double share = freezeNs / (seconds * 1e9);
    try (StampingTarget target = new StampingTarget(QUICK, seconds * 500_000_000L, freezeNs)) {
      final String pool =
          "connections: {mode: shared, size: " + STALL_CONNECTIONS + "}\ntimeout: 30s";
      final String load = arrivals(STALL_RATE, seconds, 2 * STALL_RATE);
      final JsonNode summary =
          lockstep("stall", pool, load, seconds, target.url(), options, scratch);
      final JsonNode response = summary.at("/requests/0/responseNs");
      final JsonNode service = summary.at("/requests/0/serviceNs");
      report.note("stall: " + verdict(summary));
      stalled(report, "p90", 0.1, share, freezeNs, response.get("p90"), service.get("p90"));
      stalled(report, "p99", 0.01, share, freezeNs, response.get("p99"), service.get("p99"));
      stalled(report, "p99.9", 0.001, share, freezeNs, response.get("p999"), service.get("p999"));
      stalled(report, "max", 0, share, freezeNs, response.get("max"), service.get("max"));
      final long felt = Math.round(freezeNs * Math.max(0, 1 - 0.01 / share));
      if (response.get("p99").asLong() < felt * 9 / 10) {
        throw new WrongResultException(
            "users would have felt a p99 of "
                + felt
                + " ns, but the response times tell "
                + response.get("p99"));
      }
    }
  }

  private static void stalled(
      final Report report,
      final String name,
      final double above,
      final double share,
      final long freezeNs,
      final JsonNode response,
      final JsonNode service) {
    report.figure(
        "stall " + name,
        String.format(
            Locale.ROOT,
            "expected %.0f ms, response %.1f ms, service %.1f",
            freezeNs * Math.max(0, 1 - above / share) / NS_PER_MS,
            response.asLong() / NS_PER_MS,
            service.asLong() / NS_PER_MS),
        "ms");
  }

  private static String verdict(final JsonNode summary) {
    final List<String> codes = new ArrayList<>();
    summary.at("/validity/findings").forEach(finding -> codes.add(finding.get("code").asText()));
    return summary.at("/validity/grade").asText()
        + (codes.isEmpty() ? "" : " (" + String.join(", ", codes) + ")")
        + String.format(
            Locale.ROOT,
            ", lateness p50 %.1f us, p99 %.1f us, %,d dropped",
            summary.at("/totals/latenessNs/p50").asLong() / NS_PER_US,
            summary.at("/totals/latenessNs/p99").asLong() / NS_PER_US,
            summary.at("/totals/arrivalsDropped").asLong());
  }

  private static String arrivals(final int rate, final int seconds, final int vus) {
    return String.format(
        Locale.ROOT,
        "{executor: constant-arrival-rate, rate: %d, duration: %ds, max_vus: %d, graceful_stop: 30s}",
        rate,
        seconds,
        vus);
  }

  private static JsonNode lockstep(
      final String name,
      final String keys,
      final String load,
      final int seconds,
      final String url,
      final BenchOptions options,
      final Scratch scratch)
      throws IOException {
    final Path scenario = scratch.resolve(name + ".yaml");
    Files.writeString(
        scenario,
        """
        name: %s
        seed: 42
        target: %s
        %s
        scenarios:
          ask:
            load: %s
            requests: [{name: ask, path: /}]
        """
            .formatted(name, url, keys, load),
        StandardCharsets.UTF_8);
    final Path runs = scratch.resolve("runs");
    final Path summary = scratch.resolve("summary.json");
    final List<String> command = new ArrayList<>(options.lockstep());
    command.addAll(List.of("run", scenario.toString(), "--quiet", "--out", runs.toString()));
    command.addAll(List.of("--json", summary.toString()));
    ProcessRun.time(command, scratch.path(), seconds + GRACE_SECONDS, printed -> 1);
    Scratch.delete(runs);
    return new ObjectMapper().readTree(summary.toFile());
  }
}
