package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Think;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.Group;
import java.util.ArrayList;
import java.util.List;

/** What instructions refer to, in the making. */
final class Parts {
  /** Metrics that the file declares, by index. */
  final List<CustomMetric> metrics;

  final Code code = new Code();
  final List<Choice> choices = new ArrayList<>();
  final List<Think> thinks = new ArrayList<>();
  final List<Flow.ScenarioFlow> flows = new ArrayList<>();
  final List<Flow.Group> groups = new ArrayList<>();
  final List<Flow.Pace> paces = new ArrayList<>();
  final List<Flow.Loop> loops = new ArrayList<>();
  final List<Flow.Retry> retries = new ArrayList<>();
  final List<Flow.Page> pages = new ArrayList<>();
  final List<Flow.Meeting> meetings = new ArrayList<>();
  final LogicParts logic = new LogicParts();

  /** Nothing yet, of a file with these metrics. */
  Parts(final List<CustomMetric> metrics) {
    this.metrics = List.copyOf(metrics);
  }

  /** Index of the metric that the file declares by this name. */
  int metric(final String name) {
    return metrics.stream().map(CustomMetric::key).toList().indexOf(name);
  }

  /** The names of the groups around a group and its own, which is what results call it. */
  String groupPath(final int index) {
    final Flow.Group group = groups.get(index);
    final String around = group.parent() == Flow.NONE ? "" : groupPath(group.parent());
    return Group.path(around, group.name());
  }

  /** Plain where every scenario is. */
  Flow flow() {
    return flows.stream().allMatch(Flow.ScenarioFlow.PLAIN::equals)
        ? Flow.PLAIN
        : new Flow(flows, groups, paces, loops, retries, pages, meetings);
  }
}
