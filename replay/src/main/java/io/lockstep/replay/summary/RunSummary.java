package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.NameCounts;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.port.ConnectionCounts;
import io.lockstep.engine.core.port.ProxyUse;
import io.lockstep.scenario.plan.Plan;
import java.util.List;

/**
 * What a run adds up to. A pure function of its arguments: no clock, no machine, no locale; so a
 * replay makes the same one.
 *
 * @param head what was run
 * @param validity how far the figures can be trusted
 * @param thresholds what the run had to keep, in the plan's order
 * @param warmUp what was counted apart; {@code null} where nothing warms up
 * @param totals all requests together
 * @param handshaking handshakes, and why requests failed
 * @param requests in the plan's order
 * @param checks in the plan's order
 * @param responses in the plan's order, only where there is something to say
 * @param groups in the plan's order
 * @param custom metrics that the plan declares, in its order
 * @param capacity searches for capacity, in the plan's order
 * @param series per second, or per 2, 4, 8 … seconds of a long run
 * @param connections what became of them; {@code null} where nobody said
 * @param proxy what connections went through; {@code null} for nothing
 * @param names what came of looking them up; {@code null} where none were
 * @param generator what the generator itself used; {@code null} where it was not sampled
 * @param held what held the generator up; {@code null} where it was not sampled
 * @param threads of the generator, by shard; none where they were not sampled
 * @param phases what was done once around all that, in the order in which it was done
 * @param ends what ended iterations, VUs and the test before their time
 */
public record RunSummary(
    Head head,
    Validity validity,
    List<ThresholdRow> thresholds,
    WarmUpRow warmUp,
    Totals totals,
    ConnectionRow handshaking,
    List<RequestRow> requests,
    List<CheckRow> checks,
    List<ResponseRow> responses,
    List<GroupRow> groups,
    List<CustomRow> custom,
    List<CapacityRow> capacity,
    Series series,
    ConnectionCounts connections,
    ProxyUse proxy,
    NameCounts names,
    Resources generator,
    GeneratorUse held,
    List<ThreadUse> threads,
    List<PhaseRow> phases,
    Ends ends) {
  public RunSummary {
    threads = List.copyOf(threads);
    thresholds = List.copyOf(thresholds);
    requests = List.copyOf(requests);
    checks = List.copyOf(checks);
    responses = List.copyOf(responses);
    groups = List.copyOf(groups);
    custom = List.copyOf(custom);
    capacity = List.copyOf(capacity);
    phases = List.copyOf(phases);
  }

  /** Of a run or of its replay; {@code metrics} are those of all shards together. */
  public static RunSummary of(final Plan plan, final RunFacts facts, final MetricsTracker metrics) {
    return of(plan, facts, metrics, List.of());
  }

  /** The same of a run that did something around its load. */
  public static RunSummary of(
      final Plan plan,
      final RunFacts facts,
      final MetricsTracker metrics,
      final List<PhaseRow> phases) {
    final Head head =
        new Head(
            plan.name(),
            plan.seed(),
            plan.digest(),
            plan.tickNs(),
            plan.vus(),
            metrics.endedNs(),
            facts);
    final SummaryTracker tracker = new SummaryTracker(plan, metrics);
    return new RunSummary(
        head,
        ValidityRules.apply(plan, facts, metrics, phases),
        tracker.thresholds(),
        tracker.warmUp(),
        tracker.totals(),
        ConnectionRow.of(metrics.handshaking()),
        tracker.rows(),
        tracker.checks(),
        ResponseRows.of(plan, metrics.figures()),
        tracker.groups(),
        CustomRow.of(plan, metrics),
        CapacityRow.of(plan, metrics.capacitySteps()),
        Series.of(metrics.series()),
        metrics.samples().connections(),
        metrics.samples().proxy(),
        metrics.samples().names(),
        metrics.samples().resources(),
        metrics.samples().generator(),
        metrics.samples().threads(),
        phases,
        Ends.of(plan, metrics));
  }

  /** How many thresholds the run did not keep. */
  public long failedThresholds() {
    return thresholds.stream().filter(row -> !row.passed()).count();
  }

  /**
   * What was run.
   *
   * @param name of the plan
   * @param seed of all random streams
   * @param planDigest of the plan without seed and target
   * @param tickNs length of a tick
   * @param vus of all scenarios
   * @param endedNs length of the run: real in a live one, virtual in a simulated one
   * @param facts outcome and digests
   */
  public record Head(
      String name,
      long seed,
      String planDigest,
      long tickNs,
      int vus,
      long endedNs,
      RunFacts facts) {}
}
