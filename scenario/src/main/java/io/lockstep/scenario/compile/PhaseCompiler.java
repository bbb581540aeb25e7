package io.lockstep.scenario.compile;

import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Phase;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.read.Reading;
import java.util.List;

/**
 * Compiles a model phase by phase, in the order in which they run: what the setup sets must be
 * known before the load is compiled.
 */
final class PhaseCompiler {
  private final LoadTest test;
  private final List<Table> tables;
  private final Environment environment;
  private final Reading in;

  PhaseCompiler(
      final LoadTest test,
      final List<Table> tables,
      final Environment environment,
      final Reading in) {
    this.test = test;
    this.tables = tables;
    this.environment = environment;
    this.in = in;
  }

  /** The plan of the load, with those of what is done around it. */
  Plan plan() {
    final Plan setup =
        test.phases()
            .setup()
            .map(phase -> plan(phase, new Stage(Phases.SETUP, false, List.of())))
            .orElse(null);
    final List<String> values = setup == null ? List.of() : setup.flow().of(0).memory().variables();
    final Plan teardown =
        test.phases()
            .teardown()
            .map(phase -> plan(phase, new Stage(Phases.TEARDOWN, setup != null, values)))
            .orElse(null);
    return PlanCompiler.compile(
        test,
        tables,
        environment,
        new Stage("", setup != null, values),
        new Phases(setup, teardown, values),
        in);
  }

  private Plan plan(final Phase phase, final Stage stage) {
    final Scenario once = phase.asScenario(stage.phase());
    return PlanCompiler.compile(
        test.alone(once, stage.afterSetup()), tables, environment, stage, stage.phases(), in);
  }
}
