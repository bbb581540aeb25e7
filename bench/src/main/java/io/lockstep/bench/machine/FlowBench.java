package io.lockstep.bench.machine;

import static io.lockstep.bench.measure.WrongResultException.requireEqual;

import io.lockstep.bench.machine.SimulatedRun.Outcome;
import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.ProcessRun;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.Scratch;
import io.lockstep.bench.measure.Spread;
import io.lockstep.bench.measure.WrongResultException;
import io.lockstep.engine.content.ContentTools;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Simulation of a flow as users write it: a request with a template, an extraction and two checks.
 * Once inside this process, warm; and once as a user does, with {@code lockstep run --simulate}
 * from its start to its end, in two lengths, so that start and end cancel out.
 */
public final class FlowBench implements Bench {
  private static final double EVENTS_PER_SECOND = 2e6;
  private static final double NS_PER_MICRO = 1e3;
  private static final int VUS = 10_000;
  private static final int TINY_VUS = 50;
  private static final int ITERATIONS = 100;
  private static final int SHORT_ITERATIONS = 10;
  private static final int TINY_ITERATIONS = 10;
  private static final int TINY_SHORT_ITERATIONS = 5;
  private static final int ITEMS = 12;
  private static final int TIMEOUT_SECONDS = 300;

  private static final Surroundings AROUND =
      new Surroundings(
          List.of(), SecretSource.NONE, Surroundings.SIMULATED_START_NS, new ContentTools());

  @Override
  public String name() {
    return "flow";
  }

  @Override
  public String purpose() {
    return "simulation of a flow with template, extraction and two checks";
  }

  @Override
  public void run(final BenchOptions options, final Report report) throws IOException {
    report.section("flow: template, extraction and two checks on a body of 1 KB");
    try (Scratch scratch = new Scratch(options.directory())) {
      final Path file = scratch.resolve("flow.yaml");
      final Path shortFile = scratch.resolve("short.yaml");
      final int vus = options.tiny() ? TINY_VUS : VUS;
      write(file, vus, options.tiny() ? TINY_ITERATIONS : ITERATIONS);
      write(shortFile, vus, options.tiny() ? TINY_SHORT_ITERATIONS : SHORT_ITERATIONS);
      final Plan plan = plan(file);
      final List<Outcome> inside = new ArrayList<>();
      for (int i = 0; i < options.rounds() + options.warmUps(); i++) {
        final Outcome round = round(options, plan);
        if (i >= options.warmUps()) {
          inside.add(round);
        }
        requireEqual(
            "events", inside.isEmpty() ? round.events() : inside.get(0).events(), round.events());
      }
      final Outcome first = inside.get(0);
      final Spread perCpuSecond = Spread.of(inside, Outcome::eventsPerCpuSecond);
      report.figure(
          "events/s, warm", Spread.of(inside, Outcome::eventsPerSecond).times(1e-6), 2, "M");
      report.figure("events per second of CPU, warm", perCpuSecond.times(1e-6), 2, "M");
      report.figure(
          "allocated per event", Spread.of(inside, Outcome::allocatedPerEvent), 1, "bytes");
      report.figure(
          "event size", Spread.of((double) first.eventBytes() / first.events()), 1, "bytes");
      processes(options, report, scratch, file, first.events(), shortFile);
      report.digest("events of the flow", String.valueOf(first.events()));
      report.digest("generation digest of the flow", first.generation());
      report.digest("journal digest of the flow", first.seal().chainDigest());
      report.atLeast(
          "flow: events per second of CPU, warm", perCpuSecond.median(), EVENTS_PER_SECOND);
    }
  }

  private static void processes(
      final BenchOptions options,
      final Report report,
      final Scratch scratch,
      final Path file,
      final long events,
      final Path shortFile)
      throws IOException {
    final long shortEvents = round(options, plan(shortFile)).events();
    final List<Double> whole = new ArrayList<>();
    final List<Double> further = new ArrayList<>();
    for (int i = 0; i < options.rounds(); i++) {
      final ProcessRun shorter = simulate(options, scratch, shortFile, shortEvents);
      final ProcessRun longer = simulate(options, scratch, file, events);
      whole.add(longer.microsEach());
      if (!options.tiny()) {
        further.add(longer.microsEachFurther(shorter));
      }
    }
    report.figure(
        "CPU per event, whole process", Spread.of(whole, us -> us * NS_PER_MICRO), 0, "ns");
    if (!options.tiny()) {
      report.figure(
          "the same without start and end", Spread.of(further, us -> us * NS_PER_MICRO), 0, "ns");
    }
  }

  private static ProcessRun simulate(
      final BenchOptions options, final Scratch scratch, final Path file, final long events)
      throws IOException {
    try (Scratch runs = new Scratch(options.directory())) {
      final List<String> command = new ArrayList<>(options.lockstep());
      command.addAll(
          List.of("run", file.toString(), "--simulate", "--out", runs.resolve("runs").toString()));
      return ProcessRun.time(command, scratch.path(), TIMEOUT_SECONDS, printed -> events);
    }
  }

  private static Outcome round(final BenchOptions options, final Plan plan) throws IOException {
    try (Scratch scratch = new Scratch(options.directory())) {
      return new SimulatedRun(plan, scratch.resolve("journal"), AROUND).run();
    }
  }

  private static Plan plan(final Path file) throws IOException {
    try {
      return ScenarioFile.load(file).plan();
    } catch (final ScenarioException e) {
      throw new WrongResultException("the scenario is wrong: " + e.render());
    }
  }

  private static void write(final Path file, final int vus, final int iterations)
      throws IOException {
    final StringBuilder items = new StringBuilder();
    for (int i = 0; i < ITEMS; i++) {
      items.append(
          "{\"id\": %d, \"name\": \"article number %d\", \"price\": %d.50, \"stock\": true}, "
              .formatted(i, i, i + 3));
    }
    Files.writeString(
        file,
        """
        name: flow
        seed: 42
        target: http://127.0.0.1:8080
        scenarios:
          shop:
            load: {executor: per-vu-iterations, vus: %d, iterations: %d}
            flow:
              - request:
                  name: list
                  path: "/items/${int(1, 9999)}?user=${vu}&from=${token == null ? 'start' : token}"
                  extract: {token: {json: "$.next"}}
                  checks:
                    - {status: 200}
                    - {json: "$.total", equals: 12}
              - think: {distribution: exponential, mean: 1s}
        simulate:
          latency: {distribution: lognormal, median: 5ms, sigma: 0.5}
          headers: {Content-Type: application/json}
          body: '{"items": [%s null], "total": 12, "next": "c8a1f04e77"}'
        """
            .formatted(vus, iterations, items),
        StandardCharsets.UTF_8);
  }
}
