package io.lockstep.scenario.compile;

import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.model.Feeder;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Secret;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.PlanParts;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Compiles one model: scenarios one after the other into one program. */
public final class PlanCompiler {
  private final LoadTest test;
  private final List<Table> tables;
  private final Ticks ticks;
  private final Parts parts = new Parts();
  private final RequestCompiler requests;
  private final List<ScenarioPlan> scenarios = new ArrayList<>();

  private PlanCompiler(final LoadTest test, final List<Table> tables) {
    this.test = test;
    this.tables = List.copyOf(tables);
    ticks = new Ticks(test.tickNs());
    requests = new RequestCompiler(test, ticks);
  }

  /**
   * The plan of a model.
   *
   * @param tables the rows of its feeders, in their order
   */
  public static Plan compile(final LoadTest test, final List<Table> tables) {
    return new PlanCompiler(test, tables).plan();
  }

  private Plan plan() {
    final LoadCompiler loads = new LoadCompiler(test, ticks);
    int firstVu = 0;
    for (final Scenario scenario : test.scenarios()) {
      addScenario(scenario, firstVu, loads);
      firstVu = Math.addExact(firstVu, scenario.load().vus());
    }
    final Plan undigested = plan("");
    return plan(PlanDigest.of(undigested));
  }

  private Plan plan(final String digest) {
    return new Plan(
        test.name(),
        test.seed(),
        test.tickNs(),
        test.target().orElse(null),
        test.connections(),
        scenarios,
        requests.requests(),
        parts.code.program(),
        parts.choices,
        parts.thinks,
        requests.simulation(),
        new PlanParts(
            parts.flow(),
            test.secrets().stream().map(Secret::name).toList(),
            feeders(),
            new MeasuresCompiler(test, requests, parts).measures(),
            test.recording()),
        digest);
  }

  private List<FeederPlan> feeders() {
    final List<FeederPlan> feeders = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      final Feeder feeder = test.feeders().get(i);
      final Table table = tables.get(i);
      feeders.add(
          new FeederPlan(
              feeder.name(),
              table.columns(),
              table.rows(),
              table.digest(),
              feeder.mode(),
              feeder.per(),
              feeder.atEnd(),
              Site.of("data", feeder.name()),
              users()));
    }
    return feeders;
  }

  /** Every scenario may refer to any feeder. */
  private List<Integer> users() {
    return IntStream.range(0, scenarios.size()).boxed().toList();
  }

  private void addScenario(final Scenario scenario, final int firstVu, final LoadCompiler loads) {
    final int index = scenarios.size();
    final int entry = new FlowCompiler(scenario, index, parts, requests, ticks).compile();
    scenarios.add(
        new ScenarioPlan(
            index,
            scenario.name(),
            Site.of("scenario", scenario.name()),
            loads.load(scenario.load()),
            entry,
            firstVu,
            scenario.load().vus(),
            ticks.of(scenario.load().gracefulStopNs()),
            loads.timing(scenario),
            scenario.browsing()));
  }
}
