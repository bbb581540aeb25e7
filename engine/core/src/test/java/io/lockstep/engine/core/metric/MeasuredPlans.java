package io.lockstep.engine.core.metric;

import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Timing;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.Comparison;
import io.lockstep.scenario.plan.metric.Expression;
import io.lockstep.scenario.plan.metric.Metric;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.List;

/** Plans that warm up, and thresholds. */
final class MeasuredPlans {
  private MeasuredPlans() {}

  /** The plan, whose scenarios warm up for so many ticks; the last number is of all the rest. */
  static Plan warmingUp(final Plan plan, final long... ticks) {
    final List<ScenarioPlan> scenarios =
        plan.scenarios().stream()
            .map(
                s ->
                    new ScenarioPlan(
                        s.index(),
                        s.name(),
                        s.key(),
                        s.load(),
                        s.entry(),
                        s.firstVu(),
                        s.vus(),
                        s.gracefulStopTicks(),
                        new Timing(
                            0,
                            ticks[Math.min(s.index(), ticks.length - 1)],
                            0,
                            Timing.UNTHROTTLED,
                            0),
                        s.browsing()))
            .toList();
    return new Plan(
        plan.name(),
        plan.seed(),
        plan.tickNs(),
        plan.target(),
        plan.connections(),
        scenarios,
        plan.requests(),
        plan.program(),
        plan.choices(),
        plan.thinks(),
        plan.simulation(),
        plan.parts(),
        plan.digest());
  }

  /** A threshold on all samples of a metric. */
  static Threshold threshold(
      final Metric metric,
      final Aggregation aggregation,
      final Comparison comparison,
      final double bound) {
    return new Threshold(
        new Selector(metric.key(), List.of()),
        new Expression(aggregation, 99, comparison, bound, aggregation.form() + bound),
        Threshold.WHOLE,
        false,
        0);
  }
}
