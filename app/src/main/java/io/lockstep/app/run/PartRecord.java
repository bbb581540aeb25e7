package io.lockstep.app.run;

import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.agent.RunResult;
import io.lockstep.engine.core.agent.ShardJournal;
import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.journal.block.ShardSeal;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.sink.BlockStore;
import io.lockstep.journal.sink.DiscardingStore;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.journal.sink.Journal;
import io.lockstep.journal.sink.QueuedBlockSink;
import io.lockstep.replay.summary.PhaseRow;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The journals of a part of a run: of what is done before its load, of the load, or of what is done
 * after it. Written by the part's threads, all else by the caller's.
 */
final class PartRecord {
  private final String name;
  private final Plan plan;
  private final RunOptions options;
  private final RunDirectory directory;
  private final StartMoment start;
  private final List<Journal> journals = new ArrayList<>();
  private RunResult result;

  /**
   * @param name as the manifest says it
   * @param plan of the part
   * @param options of the part
   * @param directory whose journals are those of the part; {@code null} where nothing is kept
   * @param start when the part starts
   */
  PartRecord(
      final String name,
      final Plan plan,
      final RunOptions options,
      final RunDirectory directory,
      final StartMoment start) {
    this.name = name;
    this.plan = plan;
    this.options = options;
    this.directory = directory;
    this.start = start;
  }

  String name() {
    return name;
  }

  boolean isLoad() {
    return name.equals(Phases.LOAD);
  }

  Plan plan() {
    return plan;
  }

  RunOptions options() {
    return options;
  }

  /** The virtual time at which it starts, nanoseconds since 1970: the first call is the moment. */
  long startNs() {
    return start.getAsLong();
  }

  /** The journal of a shard. */
  ShardJournal journal(final int shard) {
    final String origin = Manifest.origin(plan.digest(), plan.seed(), options.shards());
    final BlockStore store = directory == null ? new DiscardingStore() : directory.journal(shard);
    if (options.threading() == Threading.SHARED) {
      final InlineBlockSink journal = new InlineBlockSink(origin, shard, store);
      journals.add(journal);
      return ShardJournal.inline(journal);
    }
    final QueuedBlockSink journal = QueuedBlockSink.create(origin, shard, store);
    journals.add(journal);
    return ShardJournal.queued(journal);
  }

  /** It went to its end: closes its journals. */
  void end(final RunResult newResult) {
    result = newResult;
    journals.forEach(Journal::close);
  }

  /** What came of it. */
  RunResult result() {
    return result;
  }

  /** A row of the summary, of a part that is not the load. */
  PhaseRow row() {
    return PhaseRow.of(name, plan, result.outcome(), result.metrics());
  }

  GenerationDigest digest() {
    return result.digest();
  }

  /** Of those journals that could be closed, in the order of the shards. */
  List<ShardSeal> seals() {
    return journals.stream().filter(Journal::isSealed).map(Journal::seal).toList();
  }

  /** Whether every journal could be closed. */
  boolean isSealed() {
    return journals.size() == options.shards() && journals.stream().allMatch(Journal::isSealed);
  }

  /** Closes what is still open, as far as that can be done. */
  void close(final Consumer<RuntimeException> problems) {
    for (final Journal journal : journals) {
      try {
        journal.close();
      } catch (final RuntimeException e) {
        problems.accept(e);
      }
    }
  }
}
