package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;

/**
 * Who is stopped, and how hard: a scenario begins nothing new, or ends now; a VU is cut off. Knows
 * which arrival schedules are not over.
 */
final class VuStops {
  private final ShardState shard;
  private final Moment moment;
  private final MetricsTracker metrics;
  private final VuTable table;
  private final VuTimers timers;
  private final VuStates states;
  private final VuFlow flow;
  private final ProgramRunner program;
  private final VuRequests requests;
  private final VuIterations iterations;
  private final VuEndings endings;
  private final LoadEnd loadEnd;
  private int openSchedules;

  VuStops(final ShardState shard, final VuFlow flow) {
    this.flow = flow;
    this.shard = shard;
    moment = shard.moment;
    metrics = shard.metrics;
    table = shard.table;
    timers = shard.timers;
    states = shard.states;
    loadEnd = new LoadEnd(shard.scenarios, table, metrics);
    program = flow.parts().program;
    requests = flow.parts().requests;
    iterations = flow.parts().iterations;
    endings = flow.parts().endings;
  }

  /** An arrival schedule begins. */
  void onSchedule() {
    openSchedules++;
  }

  /** Arrival schedules that are not over: they owe arrivals also where there is no VU. */
  int openSchedules() {
    return openSchedules;
  }

  /**
   * Nothing new starts. A VU that waits without an iteration retires; one whose iteration has only
   * its last pause before it is done with it.
   */
  void stop(final ScenarioRun scenario) {
    if (scenario.isOpen() && !scenario.isStopping()) {
      openSchedules--;
    }
    loadEnd.note(scenario, moment.nowNs());
    scenario.stop(moment.tick());
    metrics.onIterationsDropped(scenario.plan.index(), scenario.dropShared(), moment.nowNs());
    while (scenario.hasFree()) {
      states.complete(scenario.takeFree());
    }
    for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
      final int state = table.state(vu);
      if (state == VuState.SPAWNED.code()) {
        timers.forget(vu);
        states.complete(vu);
      } else if (state == VuState.READY.code() && table.pc(vu) == ProgramRunner.NO_PC) {
        flow.retire(vu, scenario);
      } else if (state == VuState.READY.code() && program.isEnd(table.pc(vu))) {
        flow.skipPause(vu);
      }
    }
  }

  /** Everything ends now. */
  void kill(final ScenarioRun scenario) {
    iterations.killing(true);
    stop(scenario);
    scenario.killed();
    for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
      final int state = table.state(vu);
      if (state == VuState.WAITING.code()) {
        timers.forget(vu);
        requests.abandon(vu);
        endings.cut(vu);
      } else if (state == VuState.READY.code()) {
        timers.forget(vu);
        endings.cut(vu);
      }
    }
    iterations.killing(false);
  }

  /**
   * Cuts off what a VU of a ramp does once its grace is over; unless its life is over too, it then
   * waits to be wanted again. What it does at its end is no part of that: its time is the graceful
   * stop.
   */
  void interrupt(final int vu, final ScenarioRun scenario) {
    if (iterations.isAtStop(vu) && shard.rules != Rules.FIRST) {
      return;
    }
    final int state = table.state(vu);
    if (state == VuState.WAITING.code()) {
      requests.abandon(vu);
      states.enter(vu, VuState.READY);
    } else if (state != VuState.READY.code() || table.pc(vu) == ProgramRunner.NO_PC) {
      return;
    }
    timers.forget(vu);
    if (scenario.isStopping() || iterations.isAtStop(vu)) {
      endings.cut(vu);
    } else {
      endings.interrupt(vu);
      flow.goOn(vu, scenario);
    }
  }
}
