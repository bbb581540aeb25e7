package io.lockstep.scenario.advice;

import io.lockstep.scenario.model.Flow;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;
import java.util.List;

/**
 * Follows the ways through the flows of one scenario. A VU that lasts keeps its variables, so what
 * {@code start} sets is set in every iteration, and what every way through an iteration sets is set
 * in {@code stop}; where each iteration is a new user, none is set at its start. A step that fails,
 * or is cut off when the time is over, is no way that counts.
 */
final class ScenarioWalk {
  private final Scenario scenario;
  private final MapNode node;
  private final Usage usage;
  private final Readings readings;
  private final StepWalk steps;

  ScenarioWalk(
      final LoadTest test,
      final Scenario scenario,
      final MapNode node,
      final Usage usage,
      final Reading in) {
    this.scenario = scenario;
    this.node = node;
    this.usage = usage;
    readings = new Readings(test, scenario, usage, in);
    steps = new StepWalk(readings, scenario.load().vus(), in);
  }

  void walk() {
    final Flow flow = scenario.flow();
    final Known known = new Known();
    whole("start", flow.start(), known);
    if (scenario.load().vusLast()) {
      known.perhapsAll(Settings.of(flow.steps()));
      scenario.requests().forEach(request -> known.perhapsAll(Settings.of(request)));
    }
    if (flow.steps().isEmpty()) {
      requests(known);
    } else {
      whole("flow", flow.steps(), known);
    }
    whole("stop", flow.stop(), known);
    final boolean isSetup = scenario.name().equals(Phases.SETUP);
    steps
        .settings()
        .forEach(
            (offset, name) ->
                usage.set(
                    offset, name, readings.isRead(name) || (isSetup && usage.usesSetup(name))));
  }

  /** The steps under a key; after them is where any way through them ends. */
  private void whole(final String key, final List<Step> list, final Known known) {
    known.meet(steps.list(list, FileNodes.items(node, key), known));
  }

  /** An iteration of the short form makes one of them. */
  private void requests(final Known known) {
    final List<MapNode> nodes = FileNodes.requests(node, scenario.requests());
    final Known before = known.copy();
    known.end();
    for (int i = 0; i < nodes.size(); i++) {
      final Request request = scenario.requests().get(i);
      final Known after = before.copy();
      steps.request(request, nodes.get(i), after);
      known.meet(after);
    }
  }
}
