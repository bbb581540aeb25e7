package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.engine.core.metric.CapacityVerdict;
import io.lockstep.replay.event.Durations;
import io.lockstep.scenario.plan.Load;
import java.util.ArrayList;
import java.util.List;

/** A search for capacity for a terminal: what held, why it ended, and a row per step. */
public final class CapacityText {
  /** Steps that are shown: the last ones, which decide. All of them are in the JSON. */
  private static final int MOST_ROWS = 20;

  private static final String SECOND = "1s";

  private CapacityText() {}

  /** The lines, without line ends: the outcome, then the heads of the columns, then the steps. */
  public static List<String> lines(final CapacityRow row) {
    final List<String> lines = new ArrayList<>();
    lines.add(outcome(row));
    if (!row.steps().isEmpty()) {
      lines.addAll(steps(row));
    }
    return lines;
  }

  /** A rate with its period: {@code 50/s}, {@code 50 per 60s}. */
  public static String rate(final long rate, final long periodNs) {
    final String period = Durations.exact(periodNs);
    return Cells.count(rate) + (period.equals(SECOND) ? "/s" : " per " + period);
  }

  private static String outcome(final CapacityRow row) {
    if (row.steps().isEmpty()) {
      return row.scenario() + ": the run ended before the first step did";
    }
    final long periodNs = row.load().periodNs();
    final long held = row.heldRate();
    final String what =
        row.scenario()
            + ": "
            + (held == CapacityRow.NONE ? "no rate held" : rate(held, periodNs) + " held");
    return switch (row.end()) {
      case BROKE ->
          what
              + ", "
              + rate(row.last().rate(), periodNs)
              + " did not: "
              + row.last().verdict().text();
      case HIGHEST_RATE -> what + ", the highest that was to be tried: there may be more";
      case CUT_OFF -> what + "; the run ended before the search did: there may be more";
    };
  }

  private static List<String> steps(final CapacityRow row) {
    final Load.Objective objective = row.load().objective();
    final boolean timed = objective.p99Ns() != Load.UNLIMITED;
    final int skipped = Math.max(0, row.steps().size() - MOST_ROWS);
    final Grid grid = new Grid();
    final List<String> heads = new ArrayList<>(List.of("rate", "requests"));
    if (timed) {
      heads.add("> " + Durations.exact(objective.p99Ns()));
    }
    heads.addAll(List.of("errors", "dropped", "held"));
    grid.add(heads);
    for (final CapacityStep step : row.steps().subList(skipped, row.steps().size())) {
      final List<String> cells = new ArrayList<>();
      cells.add(rate(step.rate(), row.load().periodNs()));
      cells.add(Cells.count(step.requests()));
      if (timed) {
        cells.add(percent(step.slow(), step.responses()));
      }
      cells.add(percent(step.errors(), step.requests()));
      cells.add(Cells.count(step.dropped()));
      cells.add(step.verdict() == CapacityVerdict.HELD ? "yes" : "no");
      grid.add(cells);
    }
    final List<String> lines = new ArrayList<>(grid.lines());
    if (skipped > 0) {
      lines.add(1, "(" + Cells.count(skipped) + " lower rates held)");
    }
    return lines;
  }

  private static String percent(final long part, final long whole) {
    return whole == 0 ? Cells.NO_SAMPLE : Cells.percent(part, whole);
  }
}
