package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.metric.Check;
import io.lockstep.scenario.plan.metric.Group;
import io.lockstep.scenario.plan.metric.Measures;
import io.lockstep.scenario.plan.metric.Tag;
import java.util.List;

/** What a plan measures beyond what every run does; runs once all requests are compiled. */
final class MeasuresCompiler {
  private final LoadTest test;
  private final RequestCompiler requests;
  private final List<Flow.Group> groups;

  MeasuresCompiler(
      final LoadTest test, final RequestCompiler requests, final List<Flow.Group> groups) {
    this.test = test;
    this.requests = requests;
    this.groups = groups;
  }

  Measures measures() {
    return new Measures(
        test.thresholds(),
        checks(),
        groups.stream().map(group -> new Group(group.name(), group.scenario())).toList(),
        List.of(),
        unlessAllEmpty(test.scenarios().stream().map(Scenario::tags).toList()),
        unlessAllEmpty(requests.tags()));
  }

  private static List<List<Tag>> unlessAllEmpty(final List<List<Tag>> tags) {
    return tags.stream().allMatch(List::isEmpty) ? List.of() : tags;
  }

  /** In the order of the requests, and of the checks of each. */
  private List<Check> checks() {
    return requests.requests().stream()
        .flatMap(
            request ->
                request.use().checks().stream()
                    .map(check -> new Check(check.name(), request.index())))
        .toList();
  }
}
