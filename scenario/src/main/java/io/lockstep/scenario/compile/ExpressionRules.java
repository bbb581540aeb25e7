package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.expression.Expression;
import java.util.List;

/**
 * What an expression may not look at where it is.
 *
 * @param feeders by index; {@code null} for one of which nothing is known
 * @param recording {@code null} where it is not known
 * @param phase name of the setup or the teardown, empty for the load
 */
record ExpressionRules(List<FeederUse> feeders, Recording recording, String phase) {
  private static final String BEYOND_ADVICE = "say `per: vu` of the data, or use it within `flow`";
  private static final String SHARED_ADVICE =
      "take its rows from data of their own, or use another `mode`";

  /** What counts of a feeder. */
  record FeederUse(String name, FeederPlan.Mode mode, FeederPlan.Per per) {}

  /** Reports that an expression cannot be used where it is. */
  @FunctionalInterface
  interface Rejection {
    void report(String message, String advice);
  }

  /**
   * Checks an expression.
   *
   * @param once whether it is in no iteration, but in what a VU does once
   */
  void check(final Expression compiled, final boolean once, final Rejection reject) {
    for (final int index : compiled.feeders()) {
      final FeederUse feeder = feeders.get(index);
      if (feeder == null) {
        continue;
      }
      if (once && feeder.per() == FeederPlan.Per.ITERATION) {
        reject.report(
            "`"
                + feeder.name()
                + "` has a row for each iteration, and there is none in `start` and `stop`",
            BEYOND_ADVICE);
      } else if (!phase.isEmpty() && feeder.mode() == FeederPlan.Mode.UNIQUE) {
        // A row that nobody else gets cannot be shared out between phases apart from each other.
        reject.report(
            "`"
                + feeder.name()
                + "` gives each row once in the load, so `"
                + phase
                + "` can have none of them",
            SHARED_ADVICE);
      }
    }
    if (recording != null && readsMissingBody(compiled)) {
      reject.report(
          "no body is recorded, but `"
              + compiled.text()
              + "` reads one: a replay could not compute it again",
          Recording.BODIES_ADVICE);
    }
  }

  private boolean readsMissingBody(final Expression compiled) {
    return (compiled.usesBody() && !recording.keepsBodies())
        || (compiled.usesSize() && recording.bodies() == Recording.Bodies.NONE);
  }
}
