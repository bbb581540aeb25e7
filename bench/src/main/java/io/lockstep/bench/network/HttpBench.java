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

/**
 * CPU per request of a whole {@code lockstep run}, journal and metrics on, against wrk: 64
 * connections, closed loop, no think time, one nginx worker on another core, in turn; over HTTP/2
 * against h2load, with 4 connections of 16 streams. Each client also runs for a shorter time, so
 * that a JVM's start can be told from what a request costs.
 */
public final class HttpBench implements Bench {
  private static final int SHORTER = 4;
  private static final int GRACE_SECONDS = 60;
  private static final double WHOLE_AGAINST_RIVAL = 1.15;

  private final String name;
  private final Kind kind;
  private final String network;

  private HttpBench(final String name, final Kind kind, final String network) {
    this.name = name;
    this.kind = kind;
    this.network = network;
  }

  /** Without TLS. */
  public static HttpBench plain() {
    return new HttpBench("http", Kind.PLAIN, "auto");
  }

  /** With TLS 1.3. */
  public static HttpBench secured() {
    return new HttpBench("http-tls", Kind.SECURED, "auto");
  }

  /** HTTP/2 without TLS. */
  public static HttpBench http2() {
    return new HttpBench("http2", Kind.HTTP2, "auto");
  }

  /** Without TLS, through io_uring. */
  public static HttpBench ring() {
    return new HttpBench("http-uring", Kind.PLAIN, Networks.URING);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String purpose() {
    return "CPU per "
        + kind.request
        + " request of a whole run against "
        + kind.rival
        + ", on nginx"
        + (network.equals("auto") ? "" : ", by " + network);
  }

  @Override
  public void run(final BenchOptions options, final Report report) throws IOException {
    report.section(name());
    final Path nginx = Tools.find("nginx");
    for (final String tool : List.of("bash", "nginx", kind.rival)) {
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
        Nginx target = new Nginx(nginx, scratch.resolve("nginx"), cpus, kind)) {
      rounds(
          new Clients(options, scratch.path(), cpus, target.url(), network, kind), options, report);
    }
  }

  private void rounds(final Clients clients, final BenchOptions options, final Report report)
      throws IOException {
    final int seconds = options.tiny() ? 1 : options.seconds();
    final int fewer = Math.max(1, seconds / SHORTER);
    if (!options.tiny()) {
      clients.rival(fewer);
      clients.lockstep(fewer);
    }
    final List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < options.rounds(); i++) {
      rounds.add(
          new Round(
              clients.rival(seconds),
              clients.lockstep(seconds),
              options.tiny() ? null : clients.rival(fewer),
              options.tiny() ? null : clients.lockstep(fewer)));
    }
    report.figure(
        kind.rival,
        Spread.of(rounds, r -> r.rival().counted() / (double) seconds),
        0,
        "requests/s");
    report.figure(
        "lockstep",
        Spread.of(rounds, r -> r.lockstep().counted() / (double) seconds),
        0,
        "requests/s");
    report.figure(
        kind.rival + ", whole process",
        Spread.of(rounds, r -> r.rival().microsEach()),
        2,
        "us/request");
    report.figure(
        "lockstep, whole process",
        Spread.of(rounds, r -> r.lockstep().microsEach()),
        2,
        "us/request");
    final Spread whole = Spread.of(rounds, Round::wholeRatio);
    report.figure("lockstep / " + kind.rival + ", whole process", whole, 3, "x");
    report.atMost(
        name() + ": CPU per request / " + kind.rival + ", whole process",
        whole.median(),
        WHOLE_AGAINST_RIVAL);
    if (!options.tiny()) {
      steady(rounds, report);
    }
  }

  private void steady(final List<Round> rounds, final Report report) {
    report.figure(
        kind.rival + ", without start and end",
        Spread.of(rounds, Round::steadyRival),
        2,
        "us/request");
    report.figure(
        "lockstep, without start and end",
        Spread.of(rounds, Round::steadyLockstep),
        2,
        "us/request");
    final Spread steady = Spread.of(rounds, r -> r.steadyLockstep() / r.steadyRival());
    report.figure("lockstep / " + kind.rival + ", without start and end", steady, 3, "x");
    report.atMost(
        name() + ": the same without start and end", steady.median(), kind.steadyAgainstRival);
  }

  private record Round(
      ProcessRun rival, ProcessRun lockstep, ProcessRun shortRival, ProcessRun shortLockstep) {
    double wholeRatio() {
      return lockstep.microsEach() / rival.microsEach();
    }

    double steadyRival() {
      return rival.microsEachFurther(shortRival);
    }

    double steadyLockstep() {
      return lockstep.microsEachFurther(shortLockstep);
    }
  }

  /** The two clients, each told to do the same. */
  private record Clients(
      BenchOptions options, Path scratch, Cpus cpus, String url, String network, Kind kind) {
    ProcessRun rival(final int seconds) throws IOException {
      return ProcessRun.time(
          cpus.client(kind.command(seconds, url + "/")),
          scratch,
          seconds + GRACE_SECONDS,
          kind::requests);
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
          connections: %s
          scenarios:
            ask:
              load: {executor: constant-vus, vus: %d, duration: %ds}
              requests:
                - {name: home, path: /, checks: [{status: 200}]}
          """,
          url,
          kind.connections,
          Kind.AT_A_TIME,
          seconds);
    }

    private static long lockstepRequests(final Path summary) throws IOException {
      final JsonNode totals = new ObjectMapper().readTree(summary.toFile()).path("totals");
      requireEqual("errors of lockstep", 0L, totals.path("errors").asLong(-1));
      return totals.path("responses").asLong();
    }
  }
}
