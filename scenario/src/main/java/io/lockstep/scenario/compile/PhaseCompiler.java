package io.lockstep.scenario.compile;

import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.model.Flow;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Phase;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.ScenarioTiming;
import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.read.Reading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Compiles a model phase by phase, in the order in which they run: what the setup sets must be
 * known before the load is compiled.
 */
final class PhaseCompiler {
  private static final long ONCE = 1;

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
    final Scenario once =
        new Scenario(
            stage.phase(),
            new LoadProfile.PerVuIterations(1, ONCE, OptionalLong.of(phase.timeoutNs()), 0),
            Optional.empty(),
            List.of(),
            List.of(),
            new Flow(List.of(), phase.steps(), List.of()),
            ScenarioTiming.PLAIN,
            Browsing.NONE);
    return PlanCompiler.compile(
        test.alone(once, stage.afterSetup()), tables, environment, stage, stage.phases(), in);
  }
}
