package io.lockstep.bench.network;

import static io.lockstep.bench.measure.WrongResultException.requireEqual;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.ProcessRun;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.Scratch;
import io.lockstep.bench.measure.Spread;
import io.lockstep.engine.transport.net.UringState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPU per request of a whole {@code lockstep run}, journal and metrics on, against wrk: 64
 * connections, closed loop, no think time, one nginx worker on another core, in turn. Each client
 * also runs for a shorter time, so that a JVM's start can be told from what a request costs.
 */
public final class HttpBench implements Bench {
  private static final int CONNECTIONS = 64;
  private static final int SHORTER = 4;
  private static final int GRACE_SECONDS = 60;
  private static final double WHOLE_AGAINST_WRK = 1.15;
  private static final double STEADY_AGAINST_WRK = 0.97;
  private static final double SECURED_AGAINST_WRK = 0.9;
  private static final Pattern WRK_REQUESTS =
      Pattern.compile("^\\s*(\\d+) requests in ", Pattern.MULTILINE);
  private static final Pattern WRK_ERRORS =
      Pattern.compile("^\\s*(Socket errors|Non-2xx).*$", Pattern.MULTILINE);

  private final String name;
  private final boolean secured;
  private final String network;

  private HttpBench(final String name, final boolean secured, final String network) {
    this.name = name;
    this.secured = secured;
    this.network = network;
  }

  /** Without TLS. */
  public static HttpBench plain() {
    return new HttpBench("http", false, "auto");
  }

  /** With TLS 1.3. */
  public static HttpBench secured() {
    return new HttpBench("http-tls", true, "auto");
  }

  /** Without TLS, through io_uring. */
  public static HttpBench ring() {
    return new HttpBench("http-uring", false, Networks.URING);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String purpose() {
    return "CPU per "
        + (secured ? "HTTPS" : "HTTP")
        + " request of a whole run against wrk, on nginx"
        + (network.equals("auto") ? "" : ", by " + network);
  }

  @Override
  public void run(final BenchOptions options, final Report report) throws IOException {
    report.section(name());
    final Path nginx = Tools.find("nginx");
    for (final String tool : List.of("bash", "nginx", "wrk")) {
      if (Tools.find(tool) == null) {
        report.skipped(name(), tool + " is not installed");
        return;
      }
    }
    if (network.equals(Networks.URING) && !UringState.read().isUsable()) {
      report.skipped(name(), UringState.read().reason());
      return;
    }
    final Cpus cpus = new Cpus(Cpus.cores());
    report.note(cpus.describe());
    try (Scratch scratch = new Scratch(options.directory());
        Nginx target = new Nginx(nginx, scratch.resolve("nginx"), cpus, secured)) {
      rounds(new Clients(options, scratch.path(), cpus, target.url(), network), options, report);
    }
  }

  private void rounds(final Clients clients, final BenchOptions options, final Report report)
      throws IOException {
    final int seconds = options.tiny() ? 1 : options.seconds();
    final int fewer = Math.max(1, seconds / SHORTER);
    if (!options.tiny()) {
      clients.wrk(fewer);
      clients.lockstep(fewer);
    }
    final List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < options.rounds(); i++) {
      rounds.add(
          new Round(
              clients.wrk(seconds),
              clients.lockstep(seconds),
              options.tiny() ? null : clients.wrk(fewer),
              options.tiny() ? null : clients.lockstep(fewer)));
    }
    report.figure(
        "wrk", Spread.of(rounds, r -> r.wrk().counted() / (double) seconds), 0, "requests/s");
    report.figure(
        "lockstep",
        Spread.of(rounds, r -> r.lockstep().counted() / (double) seconds),
        0,
        "requests/s");
    report.figure(
        "wrk, whole process", Spread.of(rounds, r -> r.wrk().microsEach()), 2, "us/request");
    report.figure(
        "lockstep, whole process",
        Spread.of(rounds, r -> r.lockstep().microsEach()),
        2,
        "us/request");
    final Spread whole = Spread.of(rounds, Round::wholeRatio);
    report.figure("lockstep / wrk, whole process", whole, 3, "x");
    report.atMost(
        name() + ": CPU per request / wrk, whole process", whole.median(), WHOLE_AGAINST_WRK);
    if (!options.tiny()) {
      steady(rounds, report);
    }
  }

  private void steady(final List<Round> rounds, final Report report) {
    report.figure(
        "wrk, without start and end", Spread.of(rounds, Round::steadyWrk), 2, "us/request");
    report.figure(
        "lockstep, without start and end",
        Spread.of(rounds, Round::steadyLockstep),
        2,
        "us/request");
    final Spread steady = Spread.of(rounds, r -> r.steadyLockstep() / r.steadyWrk());
    report.figure("lockstep / wrk, without start and end", steady, 3, "x");
    report.atMost(
        name() + ": the same without start and end",
        steady.median(),
        secured ? SECURED_AGAINST_WRK : STEADY_AGAINST_WRK);
  }

  private record Round(
      ProcessRun wrk, ProcessRun lockstep, ProcessRun shortWrk, ProcessRun shortLockstep) {
    double wholeRatio() {
      return lockstep.microsEach() / wrk.microsEach();
    }

    double steadyWrk() {
      return wrk.microsEachFurther(shortWrk);
    }

    double steadyLockstep() {
      return lockstep.microsEachFurther(shortLockstep);
    }
  }

  /** The two clients, each told to do the same. */
  private record Clients(
      BenchOptions options, Path scratch, Cpus cpus, String url, String network) {
    ProcessRun wrk(final int seconds) throws IOException {
      final List<String> command =
          List.of("wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s", url + "/");
      return ProcessRun.time(
          cpus.client(command), scratch, seconds + GRACE_SECONDS, Clients::wrkRequests);
    }

    ProcessRun lockstep(final int seconds) throws IOException {
      final Path scenario = scratch.resolve("scenario.yaml");
      Files.writeString(scenario, scenario(seconds), StandardCharsets.UTF_8);
      final Path runs = scratch.resolve("runs");
      final Path summary = scratch.resolve("summary.json");
      final List<String> command = new ArrayList<>(options.lockstep());
      command.addAll(
          List.of(
              "run",
              scenario.toString(),
              "--quiet",
              "--network",
              network,
              "--out",
              runs.toString(),
              "--json",
              summary.toString()));
      try {
        return ProcessRun.time(
            cpus.client(command),
            scratch,
            seconds + GRACE_SECONDS,
            printed -> lockstepRequests(summary));
      } finally {
        if (Files.exists(runs)) {
          Scratch.delete(runs);
        }
        Files.deleteIfExists(summary);
      }
    }

    private String scenario(final int seconds) {
      return String.format(
          Locale.ROOT,
          """
          name: bench
          seed: 42
          target: %s
          tls: {insecure: true, min_version: 1.3}
          scenarios:
            ask:
              load: {executor: constant-vus, vus: %d, duration: %ds}
              requests:
                - {name: home, path: /, checks: [{status: 200}]}
          """,
          url,
          CONNECTIONS,
          seconds);
    }

    private static long wrkRequests(final String printed) throws IOException {
      final Matcher errors = WRK_ERRORS.matcher(printed);
      if (errors.find()) {
        throw new IOException("wrk met errors, so its figures mean nothing: " + errors.group());
      }
      final Matcher matcher = WRK_REQUESTS.matcher(printed);
      if (!matcher.find()) {
        throw new IOException("wrk printed no number of requests:\n" + printed);
      }
      return Long.parseLong(matcher.group(1));
    }

    private static long lockstepRequests(final Path summary) throws IOException {
      final JsonNode totals = new ObjectMapper().readTree(summary.toFile()).path("totals");
      requireEqual("errors of lockstep", 0L, totals.path("errors").asLong(-1));
      return totals.path("responses").asLong();
    }
  }
}
