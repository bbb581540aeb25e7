package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.engine.core.metric.CapacityVerdict;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.scenario.plan.Load;

/**
 * What changes a load while it runs: the ramp of its VUs, a step of a capacity search, an operator.
 * Decides who comes and goes; what a VU then does is the {@link VuFlow}'s business.
 */
final class LoadControl {
  private final long tickNs;
  private final Moment moment;
  private final VuTable table;
  private final VuTimers timers;
  private final RunPublisher events;
  private final MetricsTracker metrics;
  private final VuFlow flow;
  private final ProgramRunner program;
  private final VuIterations iterations;
  private final VuStops stops;

  LoadControl(final ShardState shard, final VuFlow flow, final VuStops stops) {
    this.flow = flow;
    this.stops = stops;
    tickNs = shard.plan.tickNs();
    moment = shard.moment;
    table = shard.table;
    timers = shard.timers;
    events = shard.events.run();
    metrics = shard.metrics;
    program = flow.parts().program;
    iterations = flow.parts().iterations;
  }

  /** What is due of a scenario in the present tick; returns how much. */
  int fire(final ScenarioRun scenario) {
    final long tick = moment.tick();
    int fired = 0;
    if (scenario.stepIsDue(tick)) {
      endStep(scenario);
      fired++;
    }
    if (scenario.stopIsDue(tick)) {
      stops.stop(scenario);
      fired++;
    } else if (scenario.killIsDue(tick)) {
      stops.kill(scenario);
      fired++;
    }
    return scenario.ramp == null ? fired : fired + ramp(scenario);
  }

  /** A VU of a ramp, or of a load that an operator controls, comes or goes. */
  private void want(final ScenarioRun scenario, final int vu, final boolean wanted) {
    if (table.isWanted(vu) == wanted || table.state(vu) == VuState.COMPLETE.code()) {
      return;
    }
    table.wanted(vu, wanted);
    final boolean ready = table.state(vu) == VuState.READY.code();
    if (wanted && ready && table.pc(vu) == ProgramRunner.NO_PC && !scenario.isOpen()) {
      flow.goOn(vu, scenario);
    } else if (!wanted && ready && table.pc(vu) == ProgramRunner.NO_PC) {
      timers.forget(vu);
    } else if (ready && iterations.leaves(vu, scenario) && program.isEnd(table.pc(vu))) {
      flow.skipPause(vu);
    }
  }

  /** The changes of a ramp that are due in the present tick; returns how many. */
  private int ramp(final ScenarioRun scenario) {
    final VuRamp ramp = scenario.ramp;
    int changed = 0;
    while (ramp.changeIsDue(moment.tick())) {
      final int vu = scenario.localOf(ramp.changing());
      final boolean comes = ramp.comes();
      ramp.changed(vu - scenario.firstLocal, moment.tick());
      want(scenario, vu, comes);
      changed++;
    }
    while (ramp.graceIsDue(moment.tick())) {
      final int vu = scenario.localOf(ramp.ending());
      if (ramp.takeGrace(vu - scenario.firstLocal) && !table.isWanted(vu)) {
        stops.interrupt(vu, scenario);
      }
      changed++;
    }
    scenario.control();
    return changed;
  }

  /** A step of a capacity search is over: the search ends where its objective broke. */
  private void endStep(final ScenarioRun scenario) {
    final CapacityStep step = scenario.search.endStep();
    events.capacityStepped(step);
    metrics.onCapacityStep(step);
    scenario.nextStep();
    if (step.verdict() != CapacityVerdict.HELD) {
      stops.stop(scenario);
    }
  }

  /** An operator changes an externally controlled load. */
  void change(final ScenarioRun scenario, final LoadChange change) {
    if (!(scenario.plan.load() instanceof Load.Controlled)) {
      throw new IllegalArgumentException(
          "scenario " + scenario.plan.name() + " is not externally controlled");
    }
    if (scenario.isStopping()) {
      return;
    }
    if (change.command() == OperatorCommand.SET_RATE) {
      scenario.rate(change.value(), moment.nowNs(), tickNs, moment.firstFreeTick());
      return;
    }
    scenario.forgetFree();
    for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
      want(scenario, vu, scenario.numberOf(vu) < change.value());
      final boolean idle =
          table.state(vu) == VuState.READY.code() && table.pc(vu) == ProgramRunner.NO_PC;
      if (scenario.isOpen() && idle && table.isWanted(vu)) {
        scenario.free(vu);
      }
    }
  }
}
