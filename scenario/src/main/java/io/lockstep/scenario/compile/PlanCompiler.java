package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.plan.Load;
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
    int firstVu = 0;
    for (final Scenario scenario : test.scenarios()) {
      addScenario(scenario, firstVu);
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

  private void addScenario(final Scenario scenario, final int firstVu) {
    final int index = scenarios.size();
    final int entry = new FlowCompiler(scenario, index, parts, requests, ticks).compile();
    scenarios.add(
        new ScenarioPlan(
            index,
            scenario.name(),
            Site.of("scenario", scenario.name()),
            load(scenario.load()),
            entry,
            firstVu,
            scenario.load().vus(),
            ticks(scenario.load().gracefulStopNs())));
  }

  private Load load(final LoadProfile load) {
    if (load instanceof LoadProfile.ConstantVus l) {
      return new Load.Closed(ticks(l.durationNs()), Load.UNLIMITED);
    }
    if (load instanceof LoadProfile.PerVuIterations l) {
      final long durationTicks =
          l.maxDurationNs().isPresent() ? ticks(l.maxDurationNs().getAsLong()) : Load.UNLIMITED;
      return new Load.Closed(durationTicks, l.iterations());
    }
    if (load instanceof LoadProfile.ConstantArrivalRate l) {
      return new Load.Open(
          l.rate(), l.timeUnitNs(), ticks(l.durationNs()), l.arrivals(), Site.of("arrivals"));
    }
    throw new IllegalStateException("no plan for the load " + load);
  }

  private long ticks(final long ns) {
    return ticks.of(ns);
  }
}
