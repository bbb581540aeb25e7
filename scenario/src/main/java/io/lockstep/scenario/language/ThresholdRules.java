package io.lockstep.scenario.language;

import io.lockstep.scenario.language.ThresholdParser.Parsed;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.Comparison;
import io.lockstep.scenario.plan.metric.Measurable;
import io.lockstep.scenario.plan.metric.Metric;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Threshold;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.ScalarNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Whether the thresholds of one metric can be asked of it. */
final class ThresholdRules {
  private final MapNode.Entry entry;
  private final Reading in;

  ThresholdRules(final MapNode.Entry entry, final Reading in) {
    this.entry = entry;
    this.in = in;
  }

  boolean fit(final List<Thresholds.Draft> drafts) {
    final SelectorParser parser = new SelectorParser(entry.key());
    final Optional<Selector> selector = parser.parse();
    if (selector.isEmpty()) {
      in.bad(
          at(parser.fault().index()),
          parser.fault().message(),
          parser.fault().notes().toArray(new String[0]));
      return false;
    }
    final Optional<Metric> metric = Metric.named(selector.get().metric());
    if (metric.isEmpty()) {
      return true; // the file's own, or unknown: said where all of the file is looked at
    }
    return fit(metric.get(), drafts);
  }

  /** The same of a metric that the file declares. */
  boolean fit(final Measurable metric, final List<Thresholds.Draft> drafts) {
    boolean fits = true;
    for (final Thresholds.Draft draft : drafts) {
      fits &= fits(metric, draft.expression()) && canEndTheRun(draft);
    }
    return fits;
  }

  private boolean fits(final Measurable metric, final ThresholdType.Placed expression) {
    final Parsed parsed = expression.parsed();
    final ScalarNode node = expression.node();
    if (!metric.kind().aggregations().contains(parsed.aggregation())) {
      in.bad(
          Thresholds.place(node, parsed.aggregationAt(), in),
          "`"
              + metric.key()
              + "` is "
              + metric.kind().words()
              + " and has no `"
              + parsed.aggregation().key()
              + "`",
          "it has: "
              + String.join(
                  ", ", metric.kind().aggregations().stream().map(Aggregation::form).toList()));
      return false;
    }
    final BoundUnit units = BoundUnit.of(metric, parsed.aggregation());
    if (!units.has(parsed.unit())) {
      in.bad(
          Thresholds.place(node, parsed.unitAt(), in),
          "`" + ScalarNode.shown(parsed.unit()) + "` is no unit of `" + what(metric, parsed) + "`",
          units.names());
      return false;
    }
    if (parsed.number().signum() < 0 && metric.kind() != MetricKind.GAUGE) {
      in.bad(
          Thresholds.place(node, parsed.numberAt(), in),
          "`" + what(metric, parsed) + "` is never below 0",
          "only a gauge of the file can be");
      return false;
    }
    if (units == BoundUnit.SHARE && exceedsOne(parsed)) {
      in.bad(
          Thresholds.place(node, parsed.numberAt(), in),
          "a rate is from 0 to 1, or from 0% to 100%",
          "write 5% or 0.05 for five percent");
      return false;
    }
    return true;
  }

  /** What must become large is small at first. */
  private boolean canEndTheRun(final Thresholds.Draft draft) {
    final Parsed parsed = draft.expression().parsed();
    final boolean upperBound =
        parsed.comparison() == Comparison.LESS || parsed.comparison() == Comparison.AT_MOST;
    if (draft.abortOnFail()
        && draft.overNs() == Threshold.WHOLE
        && parsed.aggregation() == Aggregation.COUNT
        && !upperBound) {
      in.conflict(
          Thresholds.place(draft.expression().node(), parsed.aggregationAt(), in),
          "a count that must grow fails at the start, so it cannot end the run",
          "leave out `abort_on_fail`, or give it a window: `over: 30s`");
      return false;
    }
    return true;
  }

  private static boolean exceedsOne(final Parsed parsed) {
    final BigDecimal most = parsed.unit().isEmpty() ? BigDecimal.ONE : BigDecimal.valueOf(100);
    return parsed.number().compareTo(most) > 0;
  }

  private static String what(final Measurable metric, final Parsed parsed) {
    final String form =
        parsed.aggregation() == Aggregation.PERCENTILE
            ? "p("
                + BigDecimal.valueOf(parsed.percentile()).stripTrailingZeros().toPlainString()
                + ")"
            : parsed.aggregation().form();
    return form + " of " + metric.key();
  }

  private int at(final int index) {
    return in.within(entry.keyOffset(), entry.key(), index);
  }
}
