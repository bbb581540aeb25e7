package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.metric.Check;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.Group;
import io.lockstep.scenario.plan.metric.Measures;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.List;

/** The part of a plan's digest that says what it measures. */
final class MeasuresDigest {
  private final CanonicalDigest out;

  MeasuresDigest(final CanonicalDigest out) {
    this.out = out;
  }

  void put(final Measures measures) {
    out.putInt(measures.thresholds().size());
    measures.thresholds().forEach(this::put);
    out.putInt(measures.checks().size());
    for (final Check check : measures.checks()) {
      out.putText(check.name()).putInt(check.request());
    }
    out.putInt(measures.groups().size());
    for (final Group group : measures.groups()) {
      out.putText(group.path()).putInt(group.scenario());
    }
    out.putInt(measures.custom().size());
    for (final CustomMetric metric : measures.custom()) {
      out.putText(metric.key()).putText(metric.kind().key()).putText(metric.unit().key());
    }
    out.putInt(measures.scenarioTags().size());
    measures.scenarioTags().forEach(this::put);
    out.putInt(measures.requestTags().size());
    measures.requestTags().forEach(this::put);
  }

  private void put(final Threshold threshold) {
    out.putText(threshold.selector().metric());
    put(threshold.selector().tags());
    out.putInt(threshold.expression().aggregation().code())
        .putDouble(threshold.expression().percentile())
        .putInt(threshold.expression().comparison().code())
        .putDouble(threshold.expression().bound())
        .putLong(threshold.overNs())
        .putInt(threshold.abortOnFail() ? 1 : 0)
        .putLong(threshold.delayNs());
  }

  private void put(final List<Tag> tags) {
    out.putInt(tags.size());
    for (final Tag tag : tags) {
      out.putText(tag.name()).putText(tag.value());
    }
  }
}
