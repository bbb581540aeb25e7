package io.lockstep.replay;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.block.ShardSeal;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.run.Sha256;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.replay.summary.HlogWriter;
import io.lockstep.replay.summary.RunFacts;
import io.lockstep.replay.summary.RunSummary;
import io.lockstep.replay.summary.SummaryJson;
import io.lockstep.scenario.plan.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A simulated run on disk, as the {@code run} command leaves it. */
final class SimulatedRun {
  static final String VERSION = "1.2.3";

  private final List<ShardSeal> seals = new ArrayList<>();
  private RunDirectory directory;
  private RunSummary summary;

  private SimulatedRun(final RunDirectory directory) {
    this.directory = directory;
  }

  static SimulatedRun make(
      final Path runs, final String id, final Plan plan, final int shards, final long seed) {
    final SimulatedRun run = new SimulatedRun(RunDirectory.create(runs, id));
    run.run(plan, shards, seed, id);
    run.directory = RunDirectory.open(runs, id);
    return run;
  }

  private void run(final Plan plan, final int shards, final long seed, final String id) {
    final Manifest begun =
        new Manifest(
            Manifest.FORMAT_VERSION,
            id,
            Manifest.State.RUNNING,
            plan.name(),
            plan.digest(),
            plan.seed(),
            "simulated",
            shards,
            "shared",
            plan.tickNs(),
            VERSION,
            "17",
            "linux",
            2,
            "2026-01-02T03:04:05Z",
            Map.of("simulate", "true"),
            Map.of(),
            Map.of(),
            null);
    directory.manifest(begun);
    final MetricsTracker metrics = new MetricsTracker(plan, shards);
    GenerationDigest generation = GenerationDigest.EMPTY;
    RunOutcome outcome = RunOutcome.COMPLETED;
    long bytes = 0;
    for (int shard = 0; shard < shards; shard++) {
      final InlineBlockSink sink =
          new InlineBlockSink(begun.origin(), shard, directory.journal(shard));
      final BlockWriter writer;
      final Machine machine;
      try (sink) {
        writer = new BlockWriter(sink, sink.first());
        machine = SimulatedShard.run(plan, shard, shards, new Random(seed), writer);
      }
      seals.add(sink.seal());
      metrics.add(machine.metrics());
      generation = generation.plus(machine.generationDigest());
      outcome = outcome.and(machine.outcome());
      bytes += writer.bytes();
    }
    close(begun, plan, metrics, generation, outcome, bytes);
  }

  private void close(
      final Manifest begun,
      final Plan plan,
      final MetricsTracker metrics,
      final GenerationDigest generation,
      final RunOutcome outcome,
      final long bytes) {
    final String journalDigest = Sha256.journalDigest(seals);
    final long events = seals.stream().mapToLong(ShardSeal::events).sum();
    summary =
        RunSummary.of(
            plan,
            new RunFacts(
                TransportKind.SIMULATED,
                outcome,
                generation,
                journalDigest,
                begun.shards(),
                events,
                bytes),
            metrics);
    final Map<String, String> files =
        Map.of(
            "summary.json",
            directory.store("summary.json", SummaryJson.bytes(summary)),
            "latency.hlog",
            directory.store("latency.hlog", HlogWriter.bytes(plan, metrics)));
    directory.manifest(
        begun.ended(
            Manifest.State.CLOSED,
            files,
            new Manifest.Result(outcome.name(), generation.hex(), journalDigest, events, seals)));
    directory.close();
  }

  RunDirectory directory() {
    return directory;
  }

  RunSummary summary() {
    return summary;
  }

  /** Events in all journals. */
  long events() {
    return seals.stream().mapToLong(ShardSeal::events).sum();
  }
}
