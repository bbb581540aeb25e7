package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Site;
import java.util.ArrayList;
import java.util.List;

/** Compiles one model: scenarios one after the other into one program. */
public final class PlanCompiler {
  private final LoadTest test;
  private final Ticks ticks;
  private final Parts parts = new Parts();
  private final RequestCompiler requests;
  private final List<ScenarioPlan> scenarios = new ArrayList<>();

  private PlanCompiler(final LoadTest test) {
    this.test = test;
    ticks = new Ticks(test.tickNs());
    requests = new RequestCompiler(test, ticks);
  }

  /** The plan of a model. */
  public static Plan compile(final LoadTest test) {
    return new PlanCompiler(test).plan();
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
        parts.flow(),
        requests.simulation(),
        digest);
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
            ticks(scenario.load().gracefulStopNs()),
            loads.timing(scenario)));
  }

  private long ticks(final long ns) {
    return ticks.of(ns);
  }
}
