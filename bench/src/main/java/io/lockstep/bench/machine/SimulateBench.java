package io.lockstep.bench.machine;

import static io.lockstep.bench.measure.WrongResultException.requireEqual;

import io.lockstep.bench.machine.SimulatedRun.Outcome;
import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.Scratch;
import io.lockstep.bench.measure.Spread;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Simulation with the journal on disk: speed at two sizes, memory per VU, allocation per event. */
public final class SimulateBench implements Bench {
  private static final double EVENTS_PER_SECOND = 5e6;
  private static final double LARGE_SHARE = 0.5;
  private static final double BYTES_PER_VU = 256;

  /** A run's few starting allocations, spread over its events, round to nothing. */
  private static final double NO_BYTES_PER_EVENT = 0.01;

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public String purpose() {
    return "simulation with the journal on, one thread: events/s, memory, allocation";
  }

  @Override
  public void run(final BenchOptions options, final Report report) throws IOException {
    final List<Spread> speeds = new ArrayList<>();
    report.note(Workload.describe());
    for (final Population population : Population.of(options.tiny())) {
      speeds.add(speed(options, report, population));
    }
    final double small = speeds.get(0).median();
    final double large = speeds.get(1).median();
    report.figure("largest against smallest", Spread.of(large / small), 3, "x");
    report.atLeast("simulate: events/s, fewest VUs", small, EVENTS_PER_SECOND);
    report.atLeast("simulate: share of that at most VUs", large / small, LARGE_SHARE);
    final List<Population> populations = Population.of(options.tiny());
    memory(options, report, populations.get(populations.size() - 1));
  }

  private static Spread speed(
      final BenchOptions options, final Report report, final Population population)
      throws IOException {
    report.section("simulate, " + population.text());
    final Plan plan = Workload.plan(population.vus(), population.iterations());
    for (int i = 0; i < options.warmUps(); i++) {
      round(options, plan);
    }
    final List<Outcome> rounds = new ArrayList<>();
    for (int i = 0; i < options.rounds(); i++) {
      final Outcome round = round(options, plan);
      rounds.add(round);
      requireEqual("journal digest", rounds.get(0).seal(), round.seal());
      requireEqual("generation digest", rounds.get(0).generation(), round.generation());
    }
    final Outcome first = rounds.get(0);
    final Spread speed = Spread.of(rounds, Outcome::eventsPerSecond);
    report.figure("events/s", speed.times(1e-6), 2, "M");
    report.figure(
        "events per second of CPU",
        Spread.of(rounds, Outcome::eventsPerCpuSecond).times(1e-6),
        2,
        "M");
    report.figure("time per event", Spread.of(rounds, Outcome::nanosPerEvent), 1, "ns");
    report.figure("journal", Spread.of(rounds, Outcome::journalMegabytesPerSecond), 0, "MB/s");
    report.figure(
        "event size", Spread.of((double) first.eventBytes() / first.events()), 1, "bytes");
    final Spread allocated = Spread.of(rounds, Outcome::allocatedPerEvent);
    report.figure("allocated per event", allocated, 4, "bytes");
    report.figure("allocated by the run", Spread.of(rounds, Outcome::allocatedBytes), 0, "bytes");
    report.digest("events a round", String.valueOf(first.events()));
    report.digest("generation digest", first.generation());
    report.digest("journal digest", first.seal().chainDigest());
    report.atMost(
        "simulate: bytes allocated per event, " + population.text(),
        allocated.median(),
        NO_BYTES_PER_EVENT);
    return speed;
  }

  private static Outcome round(final BenchOptions options, final Plan plan) throws IOException {
    try (Scratch scratch = new Scratch(options.directory())) {
      return new SimulatedRun(plan, scratch.resolve("journal")).run();
    }
  }

  private static void memory(
      final BenchOptions options, final Report report, final Population population)
      throws IOException {
    report.section("memory, " + population.text());
    final Plan plan = Workload.plan(population.vus(), 1);
    try (Scratch scratch = new Scratch(options.directory())) {
      final MemoryProbe probe = new MemoryProbe();
      final SimulatedRun run = new SimulatedRun(plan, scratch.resolve("journal"));
      final double builtPerVu = (double) probe.heldBytes(run) / population.vus();
      run.run();
      final double ranPerVu = (double) probe.heldBytes(run) / population.vus();
      report.figure("heap and direct, before the run", Spread.of(builtPerVu), 1, "bytes/VU");
      report.figure("heap and direct, after the run", Spread.of(ranPerVu), 1, "bytes/VU");
      report.atMost("simulate: bytes per VU, " + population.text(), ranPerVu, BYTES_PER_VU);
    }
  }
}
