package io.lockstep.scenario.advice;

import io.lockstep.scenario.document.Document;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Phase;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;

/** All that is looked for. */
public final class Advice {
  private Advice() {}

  /**
   * Warns of what is probably not meant.
   *
   * @param test without errors
   * @param plan that it was compiled to
   * @param document that it was read from
   */
  public static void give(
      final LoadTest test, final Plan plan, final Document document, final Reading in) {
    final MapNode root = (MapNode) document.root().orElseThrow();
    final Usage usage = new Usage(test);
    for (final Scenario scenario : test.scenarios()) {
      new ScenarioWalk(test, scenario, FileNodes.scenario(root, scenario.name()), usage, in).walk();
    }
    // The setup at last: what it sets, all the others may read.
    test.phases().teardown().ifPresent(p -> walk(Phases.TEARDOWN, p, test, root, usage, in));
    test.phases().setup().ifPresent(p -> walk(Phases.SETUP, p, test, root, usage, in));
    new UnusedNames(test, root, document.environments(), usage, in).report();
    new RowAdvice(plan, root, in).report();
  }

  private static void walk(
      final String name,
      final Phase phase,
      final LoadTest test,
      final MapNode root,
      final Usage usage,
      final Reading in) {
    new ScenarioWalk(test, phase.asScenario(name), FileNodes.phase(root, name), usage, in).walk();
  }
}
