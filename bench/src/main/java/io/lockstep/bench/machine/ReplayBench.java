package io.lockstep.bench.machine;

import static io.lockstep.bench.measure.WrongResultException.requireEqual;

import io.lockstep.bench.machine.SimulatedRun.Outcome;
import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.Scratch;
import io.lockstep.bench.measure.Spread;
import io.lockstep.bench.measure.Surroundings;
import io.lockstep.journal.queue.JournalReader;
import io.lockstep.replay.shard.ReplayVerdict;
import io.lockstep.replay.shard.ShardReplay;
import io.lockstep.replay.shard.ShardResult;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Replay of a simulation's journal against the simulation itself, round by round. */
public final class ReplayBench implements Bench {
  private static final double AS_FAST = 1.0;

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String purpose() {
    return "replay of a journal against the simulation that wrote it";
  }

  @Override
  public void run(final BenchOptions options, final Report report) throws IOException {
    for (final Population population : Population.of(options.tiny())) {
      rounds(options, report, population);
    }
  }

  private static void rounds(
      final BenchOptions options, final Report report, final Population population)
      throws IOException {
    report.section("replay, " + population.text());
    final Plan plan = Workload.plan(population.vus(), population.iterations());
    // A thread that reads ahead needs a core of its own; that is a measurement by itself.
    final boolean prefetch = Surroundings.cores() > 1;
    for (int i = 0; i < options.warmUps(); i++) {
      round(options, plan, prefetch);
    }
    final List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < options.rounds(); i++) {
      rounds.add(round(options, plan, prefetch));
    }
    report.figure("simulation", Spread.of(rounds, Round::simulated).times(1e-6), 2, "M events/s");
    report.figure(
        "replay, one thread", Spread.of(rounds, Round::replayed).times(1e-6), 2, "M events/s");
    final Spread ratio = Spread.of(rounds, round -> round.replayed() / round.simulated());
    report.figure("replay / simulation, one thread", ratio, 3, "x");
    if (prefetch) {
      report.figure(
          "replay, reading ahead",
          Spread.of(rounds, Round::prefetched).times(1e-6),
          2,
          "M events/s");
      report.figure(
          "replay / simulation, reading ahead",
          Spread.of(rounds, round -> round.prefetched() / round.simulated()),
          3,
          "x");
    }
    report.digest("replayed generation digest", rounds.get(0).generation());
    report.atLeast("replay / simulation, " + population.text(), ratio.median(), AS_FAST);
  }

  private static Round round(final BenchOptions options, final Plan plan, final boolean prefetch)
      throws IOException {
    try (Scratch scratch = new Scratch(options.directory())) {
      final Path journal = scratch.resolve("journal");
      final Outcome recorded = new SimulatedRun(plan, journal).run();
      return new Round(
          recorded.eventsPerSecond(),
          replay(plan, journal, recorded, false),
          prefetch ? replay(plan, journal, recorded, true) : 0,
          recorded.generation());
    }
  }

  /** Events per second, opening and verifying the journal included. */
  private static double replay(
      final Plan plan, final Path journal, final Outcome recorded, final boolean prefetch) {
    final long startNs = System.nanoTime();
    final JournalReader reader =
        JournalReader.open(journal, SimulatedRun.RUN_ID, 0, recorded.seal());
    try (ShardReplay replay = new ShardReplay(plan, 0, new JournalSource(reader), prefetch)) {
      final ShardResult result = replay.run();
      final long nanos = System.nanoTime() - startNs;
      requireEqual("verdict of the replay", ReplayVerdict.IDENTICAL, result.verdict());
      requireEqual("replayed events", recorded.events(), result.events());
      requireEqual("generation digest", recorded.generation(), result.generation().hex());
      return result.events() * 1e9 / nanos;
    }
  }

  private record Round(double simulated, double replayed, double prefetched, String generation) {}
}
