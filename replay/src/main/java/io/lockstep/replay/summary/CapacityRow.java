package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.engine.core.metric.CapacityVerdict;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a search for capacity.
 *
 * @param scenario its name
 * @param load what was searched, and what had to hold
 * @param steps that went to their end, in order
 */
public record CapacityRow(String scenario, Load.Capacity load, List<CapacityStep> steps) {
  /** Stands for a rate where not even the first has held. */
  public static final long NONE = -1;

  /** Why a search ended. */
  public enum End {
    /** The last step did not hold. */
    BROKE,
    /** The highest rate that was to be tried has held. */
    HIGHEST_RATE,
    /** The run ended before either. */
    CUT_OFF
  }

  /** Keeps its own copy of the steps. */
  public CapacityRow {
    steps = List.copyOf(steps);
  }

  /** One per scenario that searches, in the plan's order. */
  public static List<CapacityRow> of(final Plan plan, final List<CapacityStep> steps) {
    final List<CapacityRow> rows = new ArrayList<>();
    for (final ScenarioPlan scenario : plan.scenarios()) {
      if (scenario.load() instanceof Load.Capacity load) {
        rows.add(
            new CapacityRow(
                scenario.name(),
                load,
                steps.stream().filter(step -> step.scenario() == scenario.index()).toList()));
      }
    }
    return rows;
  }

  /** The highest rate that held, {@link #NONE} if none did. */
  public long heldRate() {
    return steps.stream()
        .filter(step -> step.verdict() == CapacityVerdict.HELD)
        .mapToLong(CapacityStep::rate)
        .max()
        .orElse(NONE);
  }

  /** Why the search ended. */
  public End end() {
    if (steps.isEmpty()) {
      return End.CUT_OFF;
    }
    if (last().verdict() != CapacityVerdict.HELD) {
      return End.BROKE;
    }
    return last().rate() == load.maxRate() ? End.HIGHEST_RATE : End.CUT_OFF;
  }

  /** The step that was the last one. */
  CapacityStep last() {
    return steps.get(steps.size() - 1);
  }
}
