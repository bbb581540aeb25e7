package io.lockstep.scenario;

import io.lockstep.scenario.model.Flow;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Step;
import java.util.List;
import java.util.stream.Stream;

/** The requests of a scenario, in whatever form and at any depth. */
final class AllRequests {
  private AllRequests() {}

  static Stream<Request> of(final Scenario scenario) {
    final Flow flow = scenario.flow();
    return Stream.concat(
        scenario.requests().stream(),
        Stream.of(flow.start(), flow.steps(), flow.stop()).flatMap(AllRequests::of));
  }

  private static Stream<Request> of(final List<Step> steps) {
    return steps.stream()
        .flatMap(
            step ->
                Stream.concat(
                    step instanceof Step.Ask ask
                        ? Stream.of(ask.request())
                        : step instanceof Step.Parallel parallel
                            ? parallel.requests().stream()
                            : Stream.empty(),
                    step.nested().stream().flatMap(AllRequests::of)));
  }
}
