package io.lockstep.replay;

import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.replay.shard.JournalSource;
import io.lockstep.replay.shard.ShardReplay;
import io.lockstep.replay.shard.ShardResult;
import io.lockstep.scenario.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Replays the shards of a run side by side; they share nothing. */
final class ShardRunner {
  private final RunDirectory run;
  private final Manifest manifest;
  private final Plan plan;
  private final Surroundings around;
  private final int threads;
  private final MergedMetrics metrics;

  ShardRunner(
      final RunDirectory run,
      final Manifest manifest,
      final Plan plan,
      final Surroundings around,
      final int threads) {
    this.around = around;
    this.run = run;
    this.manifest = manifest;
    this.plan = plan;
    // Shards whose thresholds are judged together go on together.
    this.threads =
        plan.measures().thresholds().isEmpty() ? threads : Math.max(threads, manifest.shards());
    metrics = new MergedMetrics(plan, manifest.shards());
  }

  /**
   * What came of a shard.
   *
   * @param result of its replay
   * @param chainDigest of the last block that was read
   * @param note what is missing or damaged, for people; empty where nothing is
   */
  record Outcome(ShardResult result, String chainDigest, String note) {
    private boolean isWhole() {
      return result.outcome() != null && result.mismatch() == null;
    }
  }

  /** Of all shards; {@code null} where one could not be replayed to the end of the run. */
  MetricsTracker metrics(final List<Outcome> outcomes) {
    if (!outcomes.stream().allMatch(Outcome::isWhole)) {
      return null;
    }
    outcomes.forEach(outcome -> metrics.add(outcome.result().metrics()));
    return metrics.all();
  }

  /** In the order of the shards. */
  List<Outcome> replayAll() {
    final int workers = Math.min(threads, manifest.shards());
    final boolean prefetch = threads > workers;
    final ExecutorService pool = Executors.newFixedThreadPool(workers, ShardRunner::thread);
    try {
      final List<Future<Outcome>> futures = new ArrayList<>();
      for (int i = 0; i < manifest.shards(); i++) {
        final int shard = i;
        futures.add(pool.submit(() -> replay(shard, prefetch)));
      }
      final List<Outcome> outcomes = new ArrayList<>();
      for (final Future<Outcome> future : futures) {
        outcomes.add(get(future));
      }
      return outcomes;
    } finally {
      pool.shutdownNow();
    }
  }

  private Outcome replay(final int shard, final boolean prefetch) {
    try {
      final JournalSource source = JournalSource.open(run, manifest, shard);
      final ShardResult result;
      try (ShardReplay replay = new ShardReplay(plan, around, shard, source, prefetch)) {
        replay.whenSliced(sliced -> metrics.take(shard, sliced));
        result = replay.run();
      }
      return new Outcome(
          result,
          source.chainDigest(),
          source.absence() == null ? result.note() : source.absence());
    } finally {
      metrics.end(shard); // or the others would wait for it
    }
  }

  private static Outcome get(final Future<Outcome> future) {
    try {
      return future.get();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while replaying", e);
    } catch (final ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("a shard's replay failed", e.getCause());
    }
  }

  private static Thread thread(final Runnable task) {
    final Thread thread = new Thread(task, "replay");
    thread.setDaemon(true);
    return thread;
  }
}
