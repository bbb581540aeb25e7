package io.lockstep.scenario.compile;

import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Op;
import io.lockstep.scenario.plan.expression.Operators;
import io.lockstep.scenario.plan.expression.Value;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.read.Reading;
import java.util.List;

/** Whether expressions can give a metric its samples, as far as that is known before the run. */
final class SampleRules {
  private static final String NUMBER_ADVICE =
      "shares of true are a `rate`; a condition counts as one with ? : as in status == 200 ? 1 : 0";
  private static final String RATE_ADVICE =
      "compare it with something: status == 200; of numbers only 1 and 0, written so, are true and"
          + " false";

  private final Reading in;

  SampleRules(final Reading in) {
    this.in = in;
  }

  /**
   * The sample of a metric; what can never be one is reported. In a rate 1 and 0 are written for
   * true and false.
   */
  Expression checked(
      final CustomMetric metric, final SourceExpression source, final Expression value) {
    final int kinds = value.kinds() & ~Kind.NULL.mask();
    if (kinds == 0) {
      return value; // null, or refused before
    }
    if (metric.kind() == MetricKind.RATE) {
      return truth(metric, source, value, kinds);
    }
    if ((kinds & Kind.NUMERIC) == 0) {
      reject(metric, source, "takes numbers, not " + Kind.words(kinds), NUMBER_ADVICE);
    } else if (value.isConstant()) {
      checkConstant(metric, source, value);
    }
    return value;
  }

  private Expression truth(
      final CustomMetric metric,
      final SourceExpression source,
      final Expression value,
      final int kinds) {
    if ((kinds & Kind.CONDITION) != 0) {
      if (value.isConstant() && kinds == Kind.TEXT.mask()) {
        checkTruth(metric, source, value);
      }
      return value;
    }
    if (value.isConstant()) {
      final double number = constant(value).decimal();
      if (number == 0 || number == 1) {
        return new Expression(
            number == 1 ? "true" : "false",
            new int[] {number == 1 ? Op.TRUE : Op.FALSE},
            List.of(),
            Kind.BOOLEAN.mask());
      }
    }
    reject(metric, source, "takes conditions, not " + Kind.words(kinds), RATE_ADVICE);
    return value;
  }

  private void checkTruth(
      final CustomMetric metric, final SourceExpression source, final Expression value) {
    final Value truth = constant(value);
    final String described = Operators.described(truth);
    Operators.condition(truth);
    if (truth.isFailure()) {
      reject(metric, source, "takes conditions, not " + described, RATE_ADVICE);
    }
  }

  private void checkConstant(
      final CustomMetric metric, final SourceExpression source, final Expression value) {
    final Value sample = constant(value);
    if (!Operators.toNumber(sample)) {
      reject(metric, source, "takes numbers, not " + Operators.described(sample), NUMBER_ADVICE);
    } else if (sample.decimal() < 0 && metric.kind() != MetricKind.GAUGE) {
      reject(
          metric, source, "takes no number below 0", "a `gauge` takes any: the last one is kept");
    }
  }

  private static Value constant(final Expression value) {
    final Value constant = new Value();
    switch (value.code(0)) {
      case Op.LONG -> constant.set(value.number(value.code(1)));
      case Op.DOUBLE -> constant.set(value.decimal(value.code(1)));
      case Op.TEXT -> constant.set(value.text(value.code(1)));
      default -> throw new IllegalArgumentException("no number and no text: " + value.text());
    }
    return constant;
  }

  private void reject(
      final CustomMetric metric,
      final SourceExpression source,
      final String why,
      final String advice) {
    source.reject(in, "`" + metric.key() + "` is " + metric.kind().words() + " and " + why, advice);
  }
}
