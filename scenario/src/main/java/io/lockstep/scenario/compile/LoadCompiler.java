package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.LoadProfile.Stage;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.ScenarioTiming;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Site;
import io.lockstep.scenario.plan.Stages;
import io.lockstep.scenario.plan.Timing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Turns the load profiles and timings of a model into those of a plan: times become ticks. */
final class LoadCompiler {
  private final Ticks ticks;
  private final Map<String, Scenario> scenarioByName = new HashMap<>();
  private final Map<String, Long> startByName = new HashMap<>();

  LoadCompiler(final LoadTest test, final Ticks ticks) {
    this.ticks = ticks;
    test.scenarios().forEach(scenario -> scenarioByName.put(scenario.name(), scenario));
  }

  Load load(final LoadProfile load) {
    if (load instanceof LoadProfile.ConstantVus l) {
      return new Load.Closed(ticks(l.durationNs()), Load.UNLIMITED);
    }
    if (load instanceof LoadProfile.RampingVus l) {
      return new Load.RampingVus(l.startVus(), stages(l.stages()), ticks(l.gracefulRampDownNs()));
    }
    if (load instanceof LoadProfile.PerVuIterations l) {
      return new Load.Closed(limit(l.maxDurationNs()), l.iterations());
    }
    if (load instanceof LoadProfile.SharedIterations l) {
      return new Load.SharedIterations(l.iterations(), limit(l.maxDurationNs()));
    }
    if (load instanceof LoadProfile.ConstantArrivalRate l) {
      return new Load.Open(
          l.rate(), l.timeUnitNs(), ticks(l.durationNs()), l.arrivals(), Site.of("arrivals"));
    }
    if (load instanceof LoadProfile.RampingArrivalRate l) {
      return new Load.RampingRate(
          l.startRate(), l.timeUnitNs(), stages(l.stages()), l.arrivals(), Site.of("arrivals"));
    }
    if (load instanceof LoadProfile.ExternallyControlled l) {
      return new Load.Controlled(
          l.startVus(),
          l.rate().orElse(Load.Controlled.CLOSED),
          l.timeUnitNs(),
          ticks(l.durationNs()));
    }
    if (load instanceof LoadProfile.Capacity l) {
      return new Load.Capacity(
          l.startRate(),
          l.stepRate(),
          l.maxRate(),
          l.timeUnitNs(),
          ticks(l.stepDurationNs()),
          l.arrivals(),
          Site.of("arrivals"),
          l.objective());
    }
    throw new IllegalStateException("no plan for the load " + load);
  }

  Timing timing(final Scenario scenario) {
    final ScenarioTiming timing = scenario.timing();
    return new Timing(
        startTicks(scenario),
        ticks(timing.warmupNs()),
        ticks(timing.pacingNs()),
        timing.throttle().map(ScenarioTiming.Throttle::requestsPerSecond).orElse(0L),
        timing.throttle().map(ScenarioTiming.Throttle::burst).orElse(0L));
  }

  /**
   * Where it follows another one: from the tick after the other's planned end. The language has
   * seen to it that there is one and that nobody waits for itself.
   */
  private long startTicks(final Scenario scenario) {
    final Long known = startByName.get(scenario.name());
    if (known != null) {
      return known;
    }
    long start = ticks(scenario.timing().startNs());
    if (scenario.timing().after().isPresent()) {
      final Scenario other = scenarioByName.get(scenario.timing().after().get());
      start = Math.addExact(start, endTick(other) + 1 - ScenarioPlan.FIRST_TICK);
    }
    startByName.put(scenario.name(), start);
    return start;
  }

  private long endTick(final Scenario scenario) {
    final Timing timing = new Timing(startTicks(scenario), 0, 0, Timing.UNTHROTTLED, 0);
    final long endTick =
        new ScenarioPlan(
                0,
                scenario.name(),
                0,
                load(scenario.load()),
                0,
                0,
                scenario.load().vus(),
                ticks(scenario.load().gracefulStopNs()),
                timing,
                scenario.browsing())
            .endTick();
    if (endTick == Load.UNLIMITED) {
      throw new IllegalStateException("scenario " + scenario.name() + " has no planned end");
    }
    return endTick;
  }

  private long limit(final OptionalLong maxDurationNs) {
    return maxDurationNs.isPresent() ? ticks(maxDurationNs.getAsLong()) : Load.UNLIMITED;
  }

  private Stages stages(final List<Stage> stages) {
    return new Stages(
        LongArray.of(stages.stream().mapToLong(stage -> ticks(stage.durationNs())).toArray()),
        LongArray.of(stages.stream().mapToLong(Stage::target).toArray()));
  }

  private long ticks(final long ns) {
    return ticks.of(ns);
  }
}
