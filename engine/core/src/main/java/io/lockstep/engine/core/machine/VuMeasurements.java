package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.expression.EvaluationFailure;
import io.lockstep.engine.core.expression.Evaluator;
import io.lockstep.engine.core.expression.Truth;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Operators;
import io.lockstep.scenario.plan.expression.Value;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.MetricKind;

/** The samples that flows give metrics of the file. Allocates nothing for numbers and truths. */
final class VuMeasurements {
  /** Beyond this no sample is taken, so that no sum overflows. */
  private static final double MOST = 1e12;

  private final Logic.Measurement[] measurements;
  private final CustomMetric[] metrics;
  private final VuTable table;
  private final Moment moment;
  private final MetricsTracker tracker;
  private final Evaluator evaluator;
  private EvaluationFailure failure;

  VuMeasurements(final ShardState shard, final Evaluator evaluator) {
    measurements = shard.plan.logic().measurements().toArray(Logic.Measurement[]::new);
    metrics = shard.plan.measures().custom().toArray(CustomMetric[]::new);
    table = shard.table;
    moment = shard.moment;
    tracker = shard.metrics;
    this.evaluator = evaluator;
  }

  /** Takes a sample; whether there is one, else {@link #failure} says why not. */
  boolean take(final int measurement, final int vu, final long visit, final VuScope scope) {
    final Logic.Measurement taken = measurements[measurement];
    final CustomMetric metric = metrics[taken.custom()];
    if (metric.kind() == MetricKind.RATE) {
      final Truth truth = evaluator.test(taken.value(), taken.site(), visit, scope);
      if (truth == Truth.FAILED) {
        failure = evaluator.failure();
        return false;
      }
      sample(taken, vu, truth == Truth.TRUE ? 1 : 0);
      return true;
    }
    if (!evaluator.evaluate(taken.value(), taken.site(), visit, scope)) {
      failure = evaluator.failure();
      return false;
    }
    return isFit(taken, metric, evaluator.result())
        && sample(taken, vu, scaled(evaluator.result()));
  }

  /** Why the last one failed. */
  EvaluationFailure failure() {
    return failure;
  }

  private boolean isFit(
      final Logic.Measurement taken, final CustomMetric metric, final Value value) {
    if (!Operators.toNumber(value)) {
      return refuse(taken, metric, "takes numbers, not " + Operators.described(value));
    }
    final double number = number(value);
    if (!(Math.abs(number) <= MOST)) {
      return refuse(taken, metric, "takes numbers up to 10^12");
    }
    return number >= 0
        || metric.kind() == MetricKind.GAUGE
        || refuse(taken, metric, "takes no number below 0");
  }

  private boolean refuse(
      final Logic.Measurement taken, final CustomMetric metric, final String why) {
    failure =
        new EvaluationFailure(
            taken.value().text(),
            "`" + metric.key() + "` is " + metric.kind().words() + " and " + why);
    return false;
  }

  private static double number(final Value value) {
    return value.kind() == Kind.LONG ? value.number() : value.decimal();
  }

  private static long scaled(final Value value) {
    return value.kind() == Kind.LONG
        ? value.number() * CustomMetric.SCALE
        : Math.round(value.decimal() * CustomMetric.SCALE);
  }

  private boolean sample(final Logic.Measurement taken, final int vu, final long value) {
    tracker.onCustom(taken.custom(), table.scenario(vu), value, moment.nowNs());
    return true;
  }
}
