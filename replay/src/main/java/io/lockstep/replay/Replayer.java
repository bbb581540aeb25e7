package io.lockstep.replay;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.Sha256;
import io.lockstep.replay.event.EventView;
import io.lockstep.replay.shard.JournalSource;
import io.lockstep.replay.shard.Mismatch;
import io.lockstep.replay.shard.ReplayVerdict;
import io.lockstep.replay.shard.ShardResult;
import io.lockstep.replay.shard.VuHistory;
import io.lockstep.replay.summary.RunFacts;
import io.lockstep.replay.summary.RunSummary;
import io.lockstep.scenario.plan.Plan;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Re-executes a run from its directory, without network or clock, and compares all of it: each byte
 * of each event, both digests, and the summary with its metrics. Used once, on any thread; makes
 * threads of its own and ends them.
 */
public final class Replayer {
  private final ReplayContext context;
  private final List<String> details = new ArrayList<>();

  public Replayer(final ReplayContext context) {
    this.context = context;
  }

  /**
   * Replays.
   *
   * @throws io.lockstep.journal.block.NewerFormatException if manifest or journal are of a newer
   *     format.
   * @throws io.lockstep.journal.block.JournalException if a file cannot be read.
   */
  public ReplayResult replay() {
    final long startNs = context.nanoClock().getAsLong();
    final Manifest manifest;
    try {
      manifest = context.run().manifest();
    } catch (final DamagedJournalException e) {
      return ReplayResult.unreadable(e.getMessage(), context.nanoClock().getAsLong() - startNs);
    }
    final List<String> damagedFiles = context.run().damages(manifest);
    details.addAll(damagedFiles);
    final Plan plan = context.plan().withSeed(manifest.seed());
    final ShardRunner shards =
        new ShardRunner(context.run(), manifest, plan, around(manifest), context.threads());
    final List<ShardRunner.Outcome> outcomes = shards.replayAll();
    ReplayVerdict verdict =
        damagedFiles.isEmpty() ? ReplayVerdict.IDENTICAL : ReplayVerdict.DAMAGED;
    for (final ShardRunner.Outcome outcome : outcomes) {
      verdict = verdict.and(outcome.result().verdict());
      if (!outcome.note().isEmpty()) {
        details.add(outcome.note());
      }
    }
    final MetricsTracker metrics = shards.metrics(outcomes);
    final RunSummary summary = metrics == null ? null : summary(plan, manifest, outcomes, metrics);
    if (summary != null) {
      verdict = verdict.and(compare(manifest, plan, summary, metrics, damagedFiles));
    }
    if (verdict == ReplayVerdict.TRUNCATED && context.run().inUse()) {
      details.add("the run is still being written");
    }
    final Divergence divergence = divergence(plan, manifest, outcomes);
    return result(
        verdict, outcomes, divergence, summary, context.nanoClock().getAsLong() - startNs);
  }

  private ReplayVerdict compare(
      final Manifest manifest,
      final Plan plan,
      final RunSummary summary,
      final MetricsTracker metrics,
      final List<String> damagedFiles) {
    if (manifest.state() == Manifest.State.FAILED) {
      details.add("the run failed as it was closed: it left no figures to compare with");
      return ReplayVerdict.TRUNCATED;
    }
    if (manifest.result() == null) {
      if (!context.run().inUse()) {
        details.add("the run was not closed: run.json has no result to compare with");
      }
      return ReplayVerdict.TRUNCATED;
    }
    final List<String> differences =
        new RunCheck(context.run(), manifest)
            .differences(summary, plan, metrics, !damagedFiles.isEmpty());
    details.addAll(differences);
    return differences.isEmpty() ? ReplayVerdict.IDENTICAL : ReplayVerdict.DIVERGED;
  }

  private static RunSummary summary(
      final Plan plan,
      final Manifest manifest,
      final List<ShardRunner.Outcome> outcomes,
      final MetricsTracker metrics) {
    final List<String> chains = new ArrayList<>();
    GenerationDigest generation = GenerationDigest.EMPTY;
    RunOutcome runOutcome = RunOutcome.COMPLETED;
    long events = 0;
    long bytes = 0;
    for (final ShardRunner.Outcome outcome : outcomes) {
      final ShardResult result = outcome.result();
      chains.add(outcome.chainDigest());
      generation = generation.plus(result.generation());
      runOutcome = runOutcome.and(result.outcome());
      events += result.events();
      bytes += result.bytes();
    }
    return RunSummary.of(
        plan,
        new RunFacts(
            TransportKind.valueOf(manifest.transport().toUpperCase(Locale.ROOT)),
            runOutcome,
            generation,
            Sha256.chainsDigest(chains),
            manifest.shards(),
            events,
            bytes),
        metrics);
  }

  /** What the machines had besides the plan; a replay sends nothing, so it needs no secrets. */
  private Surroundings around(final Manifest manifest) {
    final boolean simulated =
        TransportKind.SIMULATED.name().toLowerCase(Locale.ROOT).equals(manifest.transport());
    return new Surroundings(
        context.feeders(),
        SecretSource.NONE,
        simulated ? Surroundings.SIMULATED_START_NS : Surroundings.startNs(startedAt(manifest)),
        context.responses());
  }

  /**
   * A run whose manifest was tampered with has no start, and differs where it asks for the time.
   */
  private static Instant startedAt(final Manifest manifest) {
    try {
      return Instant.parse(manifest.startedAt());
    } catch (final DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  private Divergence divergence(
      final Plan plan, final Manifest manifest, final List<ShardRunner.Outcome> outcomes) {
    final ShardResult first =
        outcomes.stream()
            .map(ShardRunner.Outcome::result)
            .filter(result -> result.mismatch() != null)
            .min(Comparator.comparingLong(result -> result.mismatch().tick()))
            .orElse(null);
    if (first == null) {
      return null;
    }
    final Mismatch mismatch = first.mismatch();
    final List<Divergence.VuEvents> history = new ArrayList<>();
    for (final int vu : new int[] {mismatch.vu(), mismatch.replayedVu()}) {
      if (vu != EventView.NO_VU && history.stream().noneMatch(known -> known.vu() == vu)) {
        history.add(new Divergence.VuEvents(vu, history(plan, manifest, first, vu)));
      }
    }
    return new Divergence(first.shard(), mismatch, history, cause(plan, manifest));
  }

  private List<String> history(
      final Plan plan, final Manifest manifest, final ShardResult of, final int vu) {
    return VuHistory.before(
        plan,
        JournalSource.open(context.run(), manifest, of.shard()),
        vu,
        of.mismatch().eventIndex(),
        Divergence.HISTORY);
  }

  private String cause(final Plan plan, final Manifest manifest) {
    if (!plan.digest().equals(manifest.planDigest())) {
      return "another scenario or data file: its plan digest is "
          + plan.digest()
          + ", recorded was "
          + manifest.planDigest();
    }
    if (!context.engineVersion().equals(manifest.engineVersion())) {
      return "another version of Lockstep: this is "
          + context.engineVersion()
          + ", recorded was "
          + manifest.engineVersion()
          + "; replay with the recorded one";
    }
    return "the engine: plan, seed and version are the recorded ones, so this is a bug in Lockstep;"
        + " please report it with the run's directory";
  }

  private ReplayResult result(
      final ReplayVerdict verdict,
      final List<ShardRunner.Outcome> outcomes,
      final Divergence divergence,
      final RunSummary summary,
      final long nanos) {
    GenerationDigest generation = GenerationDigest.EMPTY;
    long events = 0;
    long bytes = 0;
    for (final ShardRunner.Outcome outcome : outcomes) {
      generation = generation.plus(outcome.result().generation());
      events += outcome.result().events();
      bytes += outcome.result().bytes();
    }
    return new ReplayResult(
        verdict,
        outcomes.size(),
        events,
        bytes,
        nanos,
        generation,
        summary == null ? "" : summary.head().facts().journalDigest(),
        divergence,
        details,
        summary);
  }
}
