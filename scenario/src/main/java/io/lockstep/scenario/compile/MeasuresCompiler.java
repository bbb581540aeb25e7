package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.plan.metric.Check;
import io.lockstep.scenario.plan.metric.Group;
import io.lockstep.scenario.plan.metric.Measures;
import io.lockstep.scenario.plan.metric.Tag;
import java.util.List;
import java.util.stream.IntStream;

/** What a plan measures beyond what every run does; runs once all requests are compiled. */
final class MeasuresCompiler {
  private final LoadTest test;
  private final RequestCompiler requests;
  private final Parts parts;

  MeasuresCompiler(final LoadTest test, final RequestCompiler requests, final Parts parts) {
    this.test = test;
    this.requests = requests;
    this.parts = parts;
  }

  Measures measures() {
    return new Measures(
        test.thresholds(),
        checks(),
        groups(),
        test.metrics(),
        unlessAllEmpty(test.scenarios().stream().map(Scenario::tags).toList()),
        unlessAllEmpty(requests.tags()));
  }

  private static List<List<Tag>> unlessAllEmpty(final List<List<Tag>> tags) {
    return tags.stream().allMatch(List::isEmpty) ? List.of() : tags;
  }

  /** By the same indices as the flow's. */
  private List<Group> groups() {
    return IntStream.range(0, parts.groups.size())
        .mapToObj(
            i ->
                new Group(
                    parts.groups.get(i).name(), parts.groupPath(i), parts.groups.get(i).scenario()))
        .toList();
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
