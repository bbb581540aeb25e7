package io.lockstep.bench.load;

import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.Scratch;
import io.lockstep.bench.measure.Spread;
import io.lockstep.bench.measure.WrongResultException;
import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads a scenario of 10,000 requests, each with templates, and 1,000,000 rows of data: once inside
 * this process, warm, and once as a user does, with {@code lockstep validate} from its start to its
 * end.
 */
public final class LoadBench implements Bench {
  private static final int REQUESTS = 10_000;
  private static final int ROWS = 1_000_000;
  private static final int TINY_REQUESTS = 20;
  private static final int TINY_ROWS = 1_000;
  private static final double NS_PER_SECOND = 1e9;
  private static final double MOST_SECONDS = 2;

  @Override
  public String name() {
    return "load";
  }

  @Override
  public String purpose() {
    return "loading 10,000 requests and 1,000,000 rows, in this process and as a command";
  }

  @Override
  public void run(final BenchOptions options, final Report report) throws IOException {
    report.section("load");
    final int requests = options.tiny() ? TINY_REQUESTS : REQUESTS;
    final int rows = options.tiny() ? TINY_ROWS : ROWS;
    try (Scratch scratch = new Scratch(options.directory())) {
      final Path file = scratch.resolve("large.yaml");
      writeScenario(file, requests);
      writeRows(scratch.resolve("users.csv"), rows);
      final List<Double> inside = new ArrayList<>();
      final List<Double> outside = new ArrayList<>();
      String digest = "";
      for (int i = 0; i < options.rounds() + options.warmUps(); i++) {
        final long startNs = System.nanoTime();
        digest = load(file, requests, rows);
        final double insideNs = System.nanoTime() - startNs;
        final double outsideNs = validate(options, file, scratch.resolve("validate.txt"));
        if (i >= options.warmUps()) {
          inside.add(insideNs);
          outside.add(outsideNs);
        }
      }
      final double second = 1 / NS_PER_SECOND;
      final Spread whole = Spread.of(outside, ns -> ns).times(second);
      report.figure("in this process, warm", Spread.of(inside, ns -> ns).times(second), 3, "s");
      report.figure("lockstep validate, whole process", whole, 3, "s");
      report.atMost("load: seconds of lockstep validate", whole.median(), MOST_SECONDS);
      report.digest("loaded plan digest", digest);
    }
  }

  private static String load(final Path file, final int requests, final int rows)
      throws IOException {
    try {
      final Loaded loaded = ScenarioFile.load(file);
      WrongResultException.requireEqual("requests", requests, loaded.plan().requests().size());
      WrongResultException.requireEqual("rows", (long) rows, loaded.plan().feeders().get(0).rows());
      return loaded.plan().digest();
    } catch (final ScenarioException e) {
      throw new WrongResultException("the scenario is wrong: " + e.render());
    }
  }

  private static double validate(final BenchOptions options, final Path file, final Path output)
      throws IOException {
    final List<String> command = new ArrayList<>(options.lockstep());
    command.addAll(List.of("validate", file.toString()));
    final long startNs = System.nanoTime();
    final Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      final int code = process.waitFor();
      final double tookNs = System.nanoTime() - startNs;
      if (code != 0) {
        throw new WrongResultException(
            "lockstep validate ended with " + code + ": " + Files.readString(output));
      }
      return tookNs;
    } catch (final InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new WrongResultException("interrupted while lockstep validate ran");
    }
  }

  private static void writeScenario(final Path file, final int requests) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(
          """
          name: large
          target: http://127.0.0.1:8080
          data:
            users: {file: users.csv, mode: shuffle}
          scenarios:
            all:
              load: {executor: constant-vus, vus: 10, duration: 1s}
              think: 1s
              requests:
          """);
      for (int i = 0; i < requests; i++) {
        out.write("      - name: r" + i + "\n");
        out.write("        weight: " + (i % 7 + 1) + "\n");
        out.write("        method: POST\n");
        out.write("        path: \"/items/" + i + "?user=${users.id}\"\n");
        out.write("        headers: {Accept: application/json, X-Id: \"${uuid()}\"}\n");
        out.write("        body: '{\"item\": " + i + ", \"mail\": \"${users.email}\"}'\n");
      }
    }
  }

  private static void writeRows(final Path file, final int rows) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("id,name,email\n");
      for (int i = 0; i < rows; i++) {
        out.write(i + ",user " + i + ",user" + i + "@example.com\n");
      }
    }
  }
}
