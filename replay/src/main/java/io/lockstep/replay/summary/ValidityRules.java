package io.lockstep.replay.summary;

import static io.lockstep.replay.summary.Validity.Grade.DEGRADED;
import static io.lockstep.replay.summary.Validity.Grade.INVALID;
import static io.lockstep.replay.summary.Validity.Grade.VALID;

import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.RequestMetrics;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.metric.WarmUp;
import io.lockstep.replay.event.Durations;
import io.lockstep.replay.summary.Validity.Finding;
import io.lockstep.replay.summary.Validity.Grade;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The rules by which a run's validity is judged. Where the setup did not come to its end there was
 * no load to judge: {@code setup_stopped}: DEGRADED, {@code setup_failed}: INVALID; no other rule
 * counts then. Those of any other run:
 *
 * <ul>
 *   <li>{@code teardown_failed}: the teardown did not come to its end, and not only since the setup
 *       had not: DEGRADED.
 *   <li>{@code nothing_measured}: no complete response, so the times have no sample: DEGRADED.
 *   <li>{@code arrivals_dropped}: arrivals found no free VU, the load was less than the plan's:
 *       DEGRADED.
 * </ul>
 *
 * <p>Those of a live run, since a simulated one has no generator that could be the limit, are the
 * {@link GeneratorRules}, and:
 *
 * <ul>
 *   <li>{@code not_sampled}: the generator's own use is not known: DEGRADED.
 *   <li>{@code local_limit}: requests failed for want of a local port or file descriptor: DEGRADED,
 *       from 1 % of requests: INVALID.
 * </ul>
 *
 * <p>A recording from before threads and stalls were sampled is judged as it was then:
 *
 * <ul>
 *   <li>{@code generator_saturated}: a thread of a shard computed for 90 % of the run or more
 *       <em>and</em> the p99 lateness is above 10 ms <em>and</em> nothing but the generator can
 *       have caused it (each VU has a connection of its own, and connects are below 1 % of
 *       requests): INVALID. A spinning thread computes all the time, so its CPU alone proves
 *       nothing. Over shards the busiest thread decides, not their mean.
 *   <li>{@code late}: the p99 lateness is above 10 ms for whatever reason: DEGRADED.
 *   <li>{@code journal_stall}, {@code queue_stall}: the engine of a shard waited for its journal or
 *       for a full queue for 1 % of the run or more: DEGRADED, from 5 %: INVALID.
 *   <li>{@code gc}: collections took 2 % or more: DEGRADED, from 10 %: INVALID.
 *   <li>{@code pause}: one duty cycle took more than 100 ms: DEGRADED.
 * </ul>
 */
final class ValidityRules {
  private static final long LATE_NS = 10_000_000L;
  private static final long PAUSE_NS = 100_000_000L;
  private static final int SATURATED_PERCENT = 90;
  private static final int FEW_PERCENT = 1;
  private static final int GC_DEGRADED_PERCENT = 2;
  private static final int STALL_INVALID_PERCENT = 5;
  private static final int GC_INVALID_PERCENT = 10;

  private final Plan plan;
  private final MetricsTracker metrics;
  private final long issued;
  private final List<Finding> findings = new ArrayList<>();

  private ValidityRules(final Plan plan, final MetricsTracker metrics) {
    this.plan = plan;
    this.metrics = metrics;
    this.issued = SummaryTracker.requests(metrics).stream().mapToLong(RequestMetrics::issued).sum();
  }

  static Validity apply(final Plan plan, final RunFacts facts, final MetricsTracker metrics) {
    return apply(plan, facts, metrics, List.of());
  }

  static Validity apply(
      final Plan plan,
      final RunFacts facts,
      final MetricsTracker metrics,
      final List<PhaseRow> phases) {
    final ValidityRules rules = new ValidityRules(plan, metrics);
    if (rules.loadBegan(phases)) {
      rules.applyToAny();
      if (facts.kind() == TransportKind.NETWORK) {
        rules.applyToLive();
      }
    }
    rules.findings.sort(Comparator.comparing(Finding::grade).reversed());
    return new Validity(
        rules.findings.isEmpty() ? VALID : rules.findings.get(0).grade(), rules.findings);
  }

  /** Judges what was done around the load; whether there was any load. */
  private boolean loadBegan(final List<PhaseRow> phases) {
    boolean began = true;
    for (final PhaseRow phase : phases) {
      PhaseRules.judge(phase, plan, began).ifPresent(findings::add);
      began &= !phase.name().equals(Phases.SETUP) || phase.end() == PhaseEnd.COMPLETED;
    }
    return began;
  }

  private void applyToAny() {
    if (count(RequestOutcome.RESPONSE) == 0) {
      final RequestOutcome cause = mostFrequentFailure();
      add(
          DEGRADED,
          "nothing_measured",
          "no complete response%s: the times have no sample",
          cause == null ? "" : String.format(Locale.ROOT, " (%,d %s)", count(cause), cause.text()));
    }
    final WarmUp warmUp = metrics.warmUp();
    final long dropped = metrics.counts().droppedArrivals() - warmUp.droppedArrivals();
    if (dropped > 0) {
      add(
          DEGRADED,
          "arrivals_dropped",
          "%,d of %,d arrivals found no free VU: allow more VUs, or the target cannot hold the rate",
          dropped,
          metrics.counts().owedArrivals() - warmUp.startedArrivals() - warmUp.droppedArrivals());
    }
  }

  /** What went wrong most often, {@code null} if nothing did. */
  private RequestOutcome mostFrequentFailure() {
    return Arrays.stream(RequestOutcome.values())
        .filter(outcome -> outcome.isFailure() && count(outcome) > 0)
        .max(Comparator.comparingLong(this::count))
        .orElse(null);
  }

  private void applyToLive() {
    final Resources used = metrics.samples().resources();
    if (used == null || used.wallNs() <= 0) {
      add(DEGRADED, "not_sampled", "the generator's own CPU, pauses and stalls are not known");
      applyLateness(false);
    } else if (metrics.samples().generator() != null) {
      findings.addAll(GeneratorRules.apply(plan, metrics));
    } else {
      applyLateness(isShare(used.busiestCpuNs(), used.wallNs(), SATURATED_PERCENT));
      applyStalls(used);
    }
    final long local =
        count(RequestOutcome.NO_LOCAL_ADDRESS) + count(RequestOutcome.NO_FILE_DESCRIPTOR);
    if (local > 0) {
      add(
          isShare(local, issued, FEW_PERCENT) ? INVALID : DEGRADED,
          "local_limit",
          "%,d requests found no local port or file descriptor: raise the limits of this machine",
          local);
    }
  }

  private void applyLateness(final boolean busy) {
    final long p99 = Quantiles.of(metrics.figures().lateness()).p99();
    if (p99 <= LATE_NS) {
      return;
    }
    final boolean ownConnections = !plan.connections().isShared();
    final boolean connecting = isShare(metrics.counts().connects(), issued, FEW_PERCENT);
    if (busy && ownConnections && !connecting) {
      add(
          INVALID,
          "generator_saturated",
          "a thread of the generator was busy all the time, and it sent 1 %% of requests %s late or more:"
              + " use more shards or cores, or less load",
          Durations.rounded(p99));
    } else {
      add(
          DEGRADED,
          "late",
          "1 %% of requests were sent %s late or more (%s): read response times, not service times",
          Durations.rounded(p99),
          ownConnections ? connecting ? "opening connections" : "a busy machine" : "a full pool");
    }
  }

  private void applyStalls(final Resources used) {
    share(
        used.journalStallNs(),
        used.wallNs(),
        FEW_PERCENT,
        STALL_INVALID_PERCENT,
        "journal_stall",
        "an engine waited %s of %s for the journal: use a faster disk or less load");
    share(
        used.queueStallNs(),
        used.wallNs(),
        FEW_PERCENT,
        STALL_INVALID_PERCENT,
        "queue_stall",
        "an engine waited %s of %s for a full queue to the transport: use more shards or less load");
    share(
        used.gcNs(),
        used.wallNs(),
        GC_DEGRADED_PERCENT,
        GC_INVALID_PERCENT,
        "gc",
        "garbage collection took %s of %s: give the JVM a larger heap");
    if (used.maxCycleNs() > PAUSE_NS) {
      add(
          DEGRADED,
          "pause",
          "the engine stood still for up to %s: is something else running on this machine?",
          Durations.rounded(used.maxCycleNs()));
    }
  }

  private void share(
      final long partNs,
      final long wholeNs,
      final int degradedPercent,
      final int invalidPercent,
      final String code,
      final String text) {
    if (isShare(partNs, wholeNs, degradedPercent)) {
      add(
          isShare(partNs, wholeNs, invalidPercent) ? INVALID : DEGRADED,
          code,
          text,
          Durations.rounded(partNs),
          Durations.rounded(wholeNs));
    }
  }

  private long count(final RequestOutcome outcome) {
    return SummaryTracker.requests(metrics).stream()
        .mapToLong(request -> request.count(outcome))
        .sum();
  }

  private static boolean isShare(final long part, final long whole, final int percent) {
    return part > 0 && part * 100 >= whole * percent;
  }

  private void add(
      final Grade grade, final String code, final String text, final Object... values) {
    findings.add(new Finding(grade, code, String.format(Locale.ROOT, text, values)));
  }
}
