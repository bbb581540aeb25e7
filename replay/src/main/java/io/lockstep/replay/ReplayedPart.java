package io.lockstep.replay;

import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.replay.shard.ShardResult;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A part of a run, replayed: what is done before the load, the load, or what is done after it.
 *
 * @param name of the part
 * @param plan of the part
 * @param run the directory, whose journals are those of the part
 * @param manifest as if the part were all
 * @param shards what came of each, in order
 * @param metrics of all shards; {@code null} unless every journal was replayed to its last event
 */
record ReplayedPart(
    String name,
    Plan plan,
    RunDirectory run,
    Manifest manifest,
    List<ShardRunner.Outcome> shards,
    MetricsTracker metrics) {
  ReplayedPart {
    shards = List.copyOf(shards);
  }

  boolean isLoad() {
    return name.equals(Phases.LOAD);
  }

  /** Whether every journal was replayed to its last event. */
  boolean isWhole() {
    return metrics != null;
  }

  /** The first difference by tick. */
  Optional<ShardResult> firstMismatch() {
    return shards.stream()
        .map(ShardRunner.Outcome::result)
        .filter(result -> result.mismatch() != null)
        .min(Comparator.comparingLong(result -> result.mismatch().tick()));
  }

  /** What is missing or damaged; for people. */
  List<String> notes() {
    return shards.stream()
        .map(ShardRunner.Outcome::note)
        .filter(note -> !note.isEmpty())
        .map(note -> isLoad() ? note : name + ": " + note)
        .toList();
  }

  RunOutcome outcome() {
    RunOutcome all = RunOutcome.COMPLETED;
    for (final ShardRunner.Outcome shard : shards) {
      all = all.and(shard.result().outcome());
    }
    return all;
  }
}
