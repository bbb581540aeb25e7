package io.lockstep.bench.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.ProcessRun;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.Scratch;
import io.lockstep.bench.measure.Spread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPU per request of the load generators that are installed here, each a whole process with 64
 * keep-alive connections in a closed loop on one core, nginx on another, in turn. Only Lockstep
 * records what it does; the others are as their users start them.
 */
public final class PeersBench implements Bench {
  private static final String CONNECTIONS = "64";
  private static final int GRACE_SECONDS = 120;

  @Override
  public String name() {
    return "peers";
  }

  @Override
  public String purpose() {
    return "CPU per HTTP request of other load generators, on nginx";
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
    final int seconds = options.tiny() ? 1 : options.seconds();
    try (Scratch scratch = new Scratch(options.directory());
        Nginx target = new Nginx(Tools.find("nginx"), scratch.resolve("nginx"), cpus, Kind.PLAIN)) {
      final List<Peer> peers = peers(target.url() + "/", seconds, options, scratch, report);
      final Map<String, List<ProcessRun>> runs = new LinkedHashMap<>();
      for (int i = 0; i < options.rounds(); i++) {
        for (final Peer peer : peers) {
          runs.computeIfAbsent(peer.name(), name -> new ArrayList<>())
              .add(
                  ProcessRun.time(
                      cpus.client(peer.command()),
                      scratch.path(),
                      seconds + GRACE_SECONDS,
                      peer.counter()));
        }
      }
      runs.forEach(
          (name, each) -> {
            report.figure(name, Spread.of(each, ProcessRun::microsEach), 2, "us/request");
            report.figure(
                "", Spread.of(each, run -> run.counted() / (double) seconds), 0, "requests/s");
          });
    }
  }

  private static List<Peer> peers(
      final String url,
      final int seconds,
      final BenchOptions options,
      final Scratch scratch,
      final Report report)
      throws IOException {
    // It keeps a place for each.
    final String most = "5000000";
    final List<Peer> all = new ArrayList<>();
    all.add(lockstep(url, seconds, options, scratch));
    all.add(
        new Peer(
            "wrk",
            List.of("wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s", url),
            number("(\\d+) requests in ")));
    all.add(
        new Peer(
            "h2load",
            List.of("h2load", "--h1", "-t1", "-c" + CONNECTIONS, "-D" + seconds, url),
            number("(\\d+) succeeded")));
    all.add(
        new Peer(
            "ab",
            List.of("ab", "-q", "-k", "-c", CONNECTIONS, "-t", "" + seconds, "-n", most, url),
            number("Complete requests:\\s+(\\d+)")));
    all.add(
        new Peer(
            "hey",
            List.of("hey", "-c", CONNECTIONS, "-z", seconds + "s", url),
            number("\\[200\\]\\s+(\\d+) responses")));
    all.add(
        new Peer(
            "autocannon",
            List.of("autocannon", "-j", "-c", CONNECTIONS, "-d", "" + seconds, url),
            number("\"2xx\":(\\d+)")));
    final List<Peer> installed = new ArrayList<>();
    for (final Peer peer : all) {
      // Lockstep is this project's own command, which is not on the path.
      if (peer.name().equals("lockstep") || Tools.find(peer.name()) != null) {
        installed.add(peer);
      } else {
        report.skipped(peer.name(), "it is not installed");
      }
    }
    return installed;
  }

  private static Peer lockstep(
      final String url, final int seconds, final BenchOptions options, final Scratch scratch)
      throws IOException {
    final Path scenario = scratch.resolve("peers.yaml");
    final Path summary = scratch.resolve("peers.json");
    Files.writeString(
        scenario,
        String.format(
            Locale.ROOT,
            """
            name: peers
            target: %s
            scenarios:
              ask:
                load: {executor: constant-vus, vus: %s, duration: %ds}
                requests: [{name: home, path: /, checks: [{status: 200}]}]
            """,
            url.substring(0, url.length() - 1),
            CONNECTIONS,
            seconds),
        StandardCharsets.UTF_8);
    final List<String> command = new ArrayList<>(options.lockstep());
    command.addAll(List.of("run", scenario.toString(), "--quiet", "--json", summary.toString()));
    command.addAll(List.of("--out", scratch.resolve("runs").toString()));
    return new Peer("lockstep", command, printed -> responses(summary, scratch.resolve("runs")));
  }

  private static long responses(final Path summary, final Path runs) throws IOException {
    final JsonNode totals = new ObjectMapper().readTree(summary.toFile()).path("totals");
    Files.delete(summary);
    Scratch.delete(runs);
    return totals.path("responses").asLong();
  }

  private static ProcessRun.Counter number(final String pattern) {
    final Pattern compiled = Pattern.compile(pattern);
    return printed -> {
      final Matcher matcher = compiled.matcher(printed);
      if (!matcher.find()) {
        throw new IOException("nothing here looks like " + pattern + ":\n" + printed);
      }
      return Long.parseLong(matcher.group(1));
    };
  }

  /** One load generator, how it is started, and how it tells what it has done. */
  private record Peer(String name, List<String> command, ProcessRun.Counter counter) {}
}
