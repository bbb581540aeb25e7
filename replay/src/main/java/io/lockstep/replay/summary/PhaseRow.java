package io.lockstep.replay.summary;

import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.metric.ConnectionMetrics.Reason;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.scenario.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * What was done once before or after the load. It is no part of the totals, and no threshold looks
 * at it.
 *
 * @param name setup or teardown
 * @param end how it ended
 * @param timeoutNs after which it would have been given up
 * @param endedNs how long it took: real in a live run, virtual in a simulated one
 * @param requests in the plan's order, the phase's name before theirs
 * @param checks in the plan's order, the phase's name before their requests'
 * @param reasons why requests failed, by kind, the most frequent first
 */
public record PhaseRow(
    String name,
    PhaseEnd end,
    long timeoutNs,
    long endedNs,
    List<RequestRow> requests,
    List<CheckRow> checks,
    List<Reason> reasons) {
  private static final String SEPARATOR = "/";

  public PhaseRow {
    requests = List.copyOf(requests);
    checks = List.copyOf(checks);
    reasons = List.copyOf(reasons);
  }

  /** Of a phase that has ended. */
  public static PhaseRow of(
      final String name, final Plan plan, final RunOutcome outcome, final MetricsTracker metrics) {
    final SummaryTracker tracker = new SummaryTracker(plan, metrics);
    return new PhaseRow(
        name,
        PhaseEnd.of(plan, outcome, metrics),
        plan.scenarios().get(0).load().durationTicks() * plan.tickNs(),
        metrics.endedNs(),
        tracker.rows().stream().map(row -> row.named(name + SEPARATOR + row.name())).toList(),
        tracker.checks().stream()
            .map(
                row ->
                    new CheckRow(
                        name + SEPARATOR + row.request(), row.name(), row.passed(), row.failed()))
            .toList(),
        ConnectionRow.of(metrics.handshaking()).reasons());
  }

  /** What went wrong with its requests, one text for each of those that had something. */
  List<String> troubles() {
    return requests.stream()
        .map(row -> new Trouble(row.name(), parts(row)))
        .filter(trouble -> !trouble.parts().isEmpty())
        .map(trouble -> trouble.request() + ": " + String.join("; ", trouble.parts()))
        .toList();
  }

  private record Trouble(String request, List<String> parts) {}

  private List<String> parts(final RequestRow row) {
    final List<String> parts = new ArrayList<>();
    row.failures().forEach(failure -> parts.add(times(failure.count()) + failure.name()));
    row.badStatuses()
        .forEach(status -> parts.add(times(status.count()) + "status " + status.name()));
    checks.stream()
        .filter(check -> check.request().equals(row.name()) && check.failed() > 0)
        .forEach(
            check -> parts.add("check \"" + check.name() + "\" failed" + more(check.failed())));
    return parts;
  }

  private static String times(final long count) {
    return count == 1 ? "" : Cells.count(count) + " ";
  }

  private static String more(final long count) {
    return count == 1 ? "" : " " + Cells.count(count) + " times";
  }
}
