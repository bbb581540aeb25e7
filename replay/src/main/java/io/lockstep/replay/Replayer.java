package io.lockstep.replay;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.GivenValue;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.run.Sha256;
import io.lockstep.replay.event.EventView;
import io.lockstep.replay.shard.JournalSource;
import io.lockstep.replay.shard.Mismatch;
import io.lockstep.replay.shard.ReplayVerdict;
import io.lockstep.replay.shard.ShardResult;
import io.lockstep.replay.shard.VuHistory;
import io.lockstep.replay.summary.PhaseRow;
import io.lockstep.replay.summary.RunFacts;
import io.lockstep.replay.summary.RunSummary;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
    final List<ReplayedPart> parts = new ArrayList<>();
    ReplayVerdict verdict =
        damagedFiles.isEmpty() ? ReplayVerdict.IDENTICAL : ReplayVerdict.DAMAGED;
    for (final String name : List.of(Phases.SETUP, Phases.LOAD, Phases.TEARDOWN)) {
      verdict = verdict.and(replay(name, plan, manifest, parts));
    }
    verdict = verdict.and(compareValues(plan, parts));
    final RunSummary summary = verdict == ReplayVerdict.DIVERGED ? null : summary(manifest, parts);
    if (summary != null) {
      verdict = verdict.and(compare(manifest, plan, summary, load(parts), damagedFiles));
    }
    if (verdict == ReplayVerdict.TRUNCATED && context.run().inUse()) {
      details.add("the run is still being written");
    }
    return result(
        verdict,
        parts,
        divergence(parts, manifest),
        summary,
        context.nanoClock().getAsLong() - startNs);
  }

  /** Replays a part, if the plan has it and the run has begun it. */
  private ReplayVerdict replay(
      final String name, final Plan plan, final Manifest manifest, final List<ReplayedPart> parts) {
    final boolean load = name.equals(Phases.LOAD);
    final Plan own = load ? plan : plan.phases().named(name);
    if (own == null) {
      return ReplayVerdict.IDENTICAL;
    }
    if (!load && !manifest.parts().containsKey(name)) {
      if (manifest.state() == Manifest.State.CLOSED) {
        return ReplayVerdict.IDENTICAL; // an operator has ended the run at once
      }
      details.add("the run has not come to its " + name);
      return ReplayVerdict.TRUNCATED;
    }
    final RunDirectory run = load ? context.run() : context.run().part(name);
    final Manifest of = load ? manifest : manifest.part(name);
    final ShardRunner shards =
        new ShardRunner(run, of, own, around(name, own, manifest), context.threads());
    final List<ShardRunner.Outcome> outcomes = shards.replayAll();
    final ReplayedPart part =
        new ReplayedPart(name, own, run, of, outcomes, shards.metrics(outcomes));
    parts.add(part);
    details.addAll(part.notes());
    ReplayVerdict verdict = ReplayVerdict.IDENTICAL;
    for (final ShardRunner.Outcome shard : part.shards()) {
      verdict = verdict.and(shard.result().verdict());
    }
    return verdict;
  }

  private static ReplayedPart load(final List<ReplayedPart> parts) {
    return parts.stream().filter(ReplayedPart::isLoad).findFirst().orElseThrow();
  }

  /** What the setup leaves must be what the others were given. */
  private ReplayVerdict compareValues(final Plan plan, final List<ReplayedPart> parts) {
    final ReplayedPart first = parts.get(0);
    if (!first.name().equals(Phases.SETUP) || !first.isWhole()) {
      return ReplayVerdict.IDENTICAL;
    }
    final List<GivenValue> left = first.shards().get(0).result().values();
    for (final ReplayedPart part : parts.subList(1, parts.size())) {
      for (final ShardRunner.Outcome shard : part.shards()) {
        final List<GivenValue> given = shard.result().given();
        for (int i = 0; i < given.size(); i++) {
          if (i >= left.size() || !given.get(i).equals(left.get(i))) {
            details.add(
                "the "
                    + part.name()
                    + " was given another setup."
                    + plan.phases().values().get(i)
                    + " than the setup leaves");
            return ReplayVerdict.DIVERGED;
          }
        }
      }
    }
    return ReplayVerdict.IDENTICAL;
  }

  private ReplayVerdict compare(
      final Manifest manifest,
      final Plan plan,
      final RunSummary summary,
      final ReplayedPart load,
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
            .differences(summary, plan, load.metrics(), !damagedFiles.isEmpty());
    details.addAll(differences);
    return differences.isEmpty() ? ReplayVerdict.IDENTICAL : ReplayVerdict.DIVERGED;
  }

  /** Null unless every journal was replayed to its last event. */
  private static RunSummary summary(final Manifest manifest, final List<ReplayedPart> parts) {
    if (!parts.stream().allMatch(ReplayedPart::isWhole)) {
      return null;
    }
    final List<String> chains = new ArrayList<>();
    final List<PhaseRow> phases = new ArrayList<>();
    GenerationDigest generation = GenerationDigest.EMPTY;
    long events = 0;
    long bytes = 0;
    for (final ReplayedPart part : parts) {
      for (final ShardRunner.Outcome shard : part.shards()) {
        chains.add(shard.chainDigest());
        generation = generation.plus(shard.result().generation());
        events += shard.result().events();
        bytes += shard.result().bytes();
      }
      if (!part.isLoad()) {
        phases.add(PhaseRow.of(part.name(), part.plan(), part.outcome(), part.metrics()));
      }
    }
    final ReplayedPart load = load(parts);
    return RunSummary.of(
        load.plan(),
        new RunFacts(
            TransportKind.valueOf(manifest.transport().toUpperCase(Locale.ROOT)),
            load.outcome(),
            generation,
            Sha256.chainsDigest(chains),
            manifest.shards(),
            events,
            bytes),
        load.metrics(),
        phases);
  }

  /** What the machines had besides the plan; a replay sends nothing, so it needs no secrets. */
  private Surroundings around(final String part, final Plan plan, final Manifest manifest) {
    final boolean simulated =
        TransportKind.SIMULATED.name().toLowerCase(Locale.ROOT).equals(manifest.transport());
    return new Surroundings(
        context.feeders(),
        SecretSource.NONE,
        Surroundings.startNs(plan, simulated ? null : startedAt(part, manifest)),
        context.responses());
  }

  /**
   * A run whose manifest was tampered with has no start, and differs where it asks for the time.
   */
  private static Instant startedAt(final String part, final Manifest manifest) {
    final Manifest.Part begun = manifest.parts().get(part);
    try {
      return Instant.parse(begun == null ? manifest.startedAt() : begun.startedAt());
    } catch (final DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /** In the first part that has one. */
  private Divergence divergence(final List<ReplayedPart> parts, final Manifest manifest) {
    for (final ReplayedPart part : parts) {
      final Optional<ShardResult> first = part.firstMismatch();
      if (first.isPresent()) {
        return divergence(part, first.get(), manifest);
      }
    }
    return null;
  }

  private Divergence divergence(
      final ReplayedPart part, final ShardResult first, final Manifest manifest) {
    final Mismatch mismatch = first.mismatch();
    final List<Divergence.VuEvents> history = new ArrayList<>();
    for (final int vu : new int[] {mismatch.vu(), mismatch.replayedVu()}) {
      if (vu != EventView.NO_VU && history.stream().noneMatch(known -> known.vu() == vu)) {
        history.add(new Divergence.VuEvents(vu, history(part, first, vu)));
      }
    }
    return new Divergence(
        part.name(), first.shard(), mismatch, history, cause(context.plan(), manifest));
  }

  private static List<String> history(final ReplayedPart part, final ShardResult of, final int vu) {
    return VuHistory.before(
        part.plan(),
        JournalSource.open(part.run(), part.manifest(), of.shard()),
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
      final List<ReplayedPart> parts,
      final Divergence divergence,
      final RunSummary summary,
      final long nanos) {
    GenerationDigest generation = GenerationDigest.EMPTY;
    long events = 0;
    long bytes = 0;
    for (final ReplayedPart part : parts) {
      for (final ShardRunner.Outcome shard : part.shards()) {
        generation = generation.plus(shard.result().generation());
        events += shard.result().events();
        bytes += shard.result().bytes();
      }
    }
    return new ReplayResult(
        verdict,
        load(parts).shards().size(),
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
