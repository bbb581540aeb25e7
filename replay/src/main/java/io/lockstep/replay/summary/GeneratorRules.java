package io.lockstep.replay.summary;

import static io.lockstep.replay.summary.Validity.Grade.DEGRADED;
import static io.lockstep.replay.summary.Validity.Grade.INVALID;

import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.RequestMetrics;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.metric.ThreadUse.Role;
import io.lockstep.replay.event.Durations;
import io.lockstep.replay.summary.Validity.Finding;
import io.lockstep.replay.summary.Validity.Grade;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rules by which a live run is judged whose generator was sampled in full; {@code
 * docs/reference/validity.md} gives them to users.
 *
 * <ul>
 *   <li>{@code connection_wait}: waiting for a connection of the pool is 1 % of all response times
 *       or more: DEGRADED, from 10 %: INVALID.
 *   <li>{@code starved}: a thread that times responses was ready to run but had no CPU for 1 % of
 *       the run or more: DEGRADED, from 10 %: INVALID.
 *   <li>{@code stalled}: the engine did not look at the clock for a millisecond or more, for 1 % of
 *       the run together: DEGRADED, from 10 %: INVALID. Called {@code starved} where it had no CPU
 *       for half of that time. Only where it says more than what was found before.
 *   <li>{@code journal_stall}, {@code queue_stall}: from 1 % and 5 % of the run.
 *   <li>{@code gc}, {@code safepoint}: from 2 % and 10 %.
 *   <li>{@code generator_saturated}: the p99 lateness is above 10 ms, a thread was busy for 90 % of
 *       the run, and nothing else explains it: INVALID.
 *   <li>{@code late}: it is above 10 ms, and nothing found so far explains it: DEGRADED.
 *   <li>{@code pause}: one stall was longer than 100 ms: DEGRADED.
 * </ul>
 *
 * <p>Starving and stalling count only where what they add to a response is 1 % of the mean service
 * time or more, and make a run INVALID only from 100 ms of them on: so little in a short run is its
 * start.
 */
final class GeneratorRules {
  private static final long LATE_NS = 10_000_000L;
  private static final long PAUSE_NS = 100_000_000L;

  /** Less of it makes no run INVALID. */
  private static final long EVIDENCE_NS = 100_000_000L;

  /** A mean wait for a CPU below this is how long a thread takes to wake up, not a lack of CPU. */
  private static final long WAKE_UP_NS = 100_000L;

  private static final int FEW_PERCENT = 1;
  private static final int STALL_INVALID_PERCENT = 5;
  private static final int PAUSE_DEGRADED_PERCENT = 2;
  private static final int MUCH_PERCENT = 10;
  private static final int SATURATED_PERCENT = 90;

  private final Plan plan;
  private final MetricsTracker metrics;
  private final Resources used;
  private final GeneratorUse held;
  private final Advice advice;
  private final long wallNs;
  private final List<Finding> findings = new ArrayList<>();

  private GeneratorRules(final Plan plan, final MetricsTracker metrics) {
    this.plan = plan;
    this.metrics = metrics;
    used = metrics.samples().resources();
    held = metrics.samples().generator();
    wallNs = used.wallNs();
    advice = new Advice(used, held, metrics.samples().threads());
  }

  /** What they find; the resources and the generator must have been sampled. */
  static List<Finding> apply(final Plan plan, final MetricsTracker metrics) {
    final GeneratorRules rules = new GeneratorRules(plan, metrics);
    rules.applyConnections();
    rules.applyStarving();
    rules.applyWaits();
    rules.applyPauses();
    rules.applyStalls();
    rules.applyLateness();
    return rules.findings;
  }

  private void applyConnections() {
    final long allNs = Math.max(sum(false), held.connectionWaitNs());
    final Grade grade = grade(held.connectionWaitNs(), allNs, MUCH_PERCENT);
    if (grade != null) {
      add(
          grade,
          "connection_wait",
          "%,d requests waited for one of the pool's %,d connections, %s on average and %s at most:"
              + " raise connections.size or leave the pool out; else read service times, and the"
              + " rate as that of the pool",
          held.connectionWaits(),
          plan.connections().pool(),
          Durations.rounded(held.connectionWaitNs() / Math.max(1, held.connectionWaits())),
          Durations.rounded(held.maxConnectionWaitNs()));
    }
  }

  private void applyStarving() {
    ThreadUse worst = null;
    for (final ThreadUse thread : metrics.samples().threads()) {
      final boolean judged = thread.role() != Role.JOURNAL && thread.slices() > 0;
      if (judged && (worst == null || thread.waitNs() > worst.waitNs())) {
        worst = thread;
      }
    }
    if (worst == null || worst.waitNs() / worst.slices() < WAKE_UP_NS) {
      return;
    }
    // Waits that are all about as long as their mean: each is met with its share of the run.
    final double share = (double) worst.waitNs() / wallNs;
    final long delayNs = Math.round(share * worst.waitNs() / worst.slices() / 2);
    final Grade grade = graded(worst.waitNs(), delayNs);
    if (grade != null) {
      add(
          grade,
          "starved",
          "%s was ready to run but had no CPU for %s of %s: %s",
          worst.name(),
          Durations.rounded(worst.waitNs()),
          Durations.rounded(wallNs),
          advice.forCpu());
    }
  }

  private void applyWaits() {
    share(
        used.journalStallNs(),
        FEW_PERCENT,
        STALL_INVALID_PERCENT,
        "journal_stall",
        advice.forJournal());
    share(
        used.queueStallNs(), FEW_PERCENT, STALL_INVALID_PERCENT, "queue_stall", advice.forQueue());
  }

  private void applyPauses() {
    share(used.gcNs(), PAUSE_DEGRADED_PERCENT, MUCH_PERCENT, "gc", advice.forGc());
    share(
        held.safepointNs() - used.gcNs(),
        PAUSE_DEGRADED_PERCENT,
        MUCH_PERCENT,
        "safepoint",
        advice.forSafepoints());
  }

  /** What has been found before is the reason for as many stalls as its grade says. */
  private void applyStalls() {
    final Grade grade = graded(held.stallNs(), held.stallDelayNs());
    if (grade != null && !isFound(grade)) {
      // Short waits among them hide the long ones from the mean, but not from the sum.
      final boolean starved = engineWaitNs() * 2 > held.stallNs();
      add(
          grade,
          starved ? "starved" : "stalled",
          "the engine stood still %,d times, %s of %s, which adds %s to a response on average: %s%s",
          held.stalls(),
          Durations.rounded(held.stallNs()),
          Durations.rounded(wallNs),
          Durations.rounded(held.stallDelayNs()),
          starved ? "it was ready to run but had no CPU; " : "",
          starved ? advice.forCpu() : advice.forStalls());
    } else if (used.maxCycleNs() > PAUSE_NS && !isFound(DEGRADED)) {
      add(
          DEGRADED,
          "pause",
          "the engine stood still for up to %s: %s",
          Durations.rounded(used.maxCycleNs()),
          advice.forStalls());
    }
  }

  private void applyLateness() {
    final long p99 = Quantiles.of(metrics.figures().lateness()).p99();
    if (p99 <= LATE_NS || isFound(INVALID)) {
      return;
    }
    final boolean connecting = grade(metrics.counts().connects(), issued(), MUCH_PERCENT) != null;
    final boolean pooled = plan.connections().pool() != Connections.PER_VU;
    final boolean busy =
        held.busyNs() * 100 >= wallNs * SATURATED_PERCENT
            || used.busiestCpuNs() * 100 >= wallNs * SATURATED_PERCENT;
    if (busy && !connecting && !(pooled && held.connectionWaits() > 0)) {
      add(
          INVALID,
          "generator_saturated",
          "a thread of the generator was busy all the time, and it sent 1 %% of requests %s late or"
              + " more: %s",
          Durations.rounded(p99),
          advice.forLoad());
    } else if (findings.isEmpty()) {
      add(
          DEGRADED,
          "late",
          "1 %% of requests were sent %s late or more (%s): read response times, not service times",
          Durations.rounded(p99),
          connecting ? "opening connections" : "a busy machine");
    }
  }

  private long engineWaitNs() {
    return metrics.samples().threads().stream()
        .filter(thread -> thread.role() == Role.ENGINE)
        .mapToLong(ThreadUse::waitNs)
        .max()
        .orElse(ThreadUse.UNKNOWN);
  }

  private boolean isFound(final Grade grade) {
    return findings.stream().anyMatch(finding -> finding.grade().compareTo(grade) >= 0);
  }

  /** Of time in which nobody looked; {@code null} where it is little or does not matter. */
  private Grade graded(final long ns, final long delayNs) {
    final long count = count();
    final long meanServiceNs = count == 0 ? 0 : sum(true) / count;
    if (delayNs * 100 < meanServiceNs * FEW_PERCENT) {
      return null;
    }
    final Grade grade = grade(ns, wallNs, MUCH_PERCENT);
    return grade == INVALID && ns < EVIDENCE_NS ? DEGRADED : grade;
  }

  private static Grade grade(final long part, final long whole, final int invalidPercent) {
    if (part <= 0 || part * 100.0 < whole * (double) FEW_PERCENT) {
      return null;
    }
    return part * 100.0 >= whole * (double) invalidPercent ? INVALID : DEGRADED;
  }

  private void share(
      final long partNs,
      final int degradedPercent,
      final int invalidPercent,
      final String code,
      final String text) {
    if (partNs > 0 && partNs * 100 >= wallNs * degradedPercent) {
      add(
          partNs * 100 >= wallNs * invalidPercent ? INVALID : DEGRADED,
          code,
          text,
          Durations.rounded(partNs),
          Durations.rounded(wallNs));
    }
  }

  private long issued() {
    return SummaryTracker.requests(metrics).stream().mapToLong(RequestMetrics::issued).sum();
  }

  private long count() {
    return SummaryTracker.requests(metrics).stream()
        .mapToLong(request -> request.service().getTotalCount())
        .sum();
  }

  /** All service times together, or all response times. */
  private long sum(final boolean service) {
    double sum = 0;
    for (final RequestMetrics request : SummaryTracker.requests(metrics)) {
      final long count = request.service().getTotalCount();
      if (count > 0) {
        sum += count * (service ? request.service() : request.response()).getMean();
      }
    }
    return Math.round(sum);
  }

  private void add(
      final Grade grade, final String code, final String text, final Object... values) {
    findings.add(new Finding(grade, code, String.format(Locale.ROOT, text, values)));
  }
}
