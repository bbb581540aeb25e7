package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Completion;

/**
 * The lives of the VUs of a shard: one method per thing that can happen to a VU. What they do
 * between is told by {@link VuSteps}. When things happen is the {@link Machine}'s business. Local
 * VU ids inside, global ones in events and at the transport.
 */
final class VuFlow {
  private final ShardState shard;
  private final Moment moment;
  private final VuTable table;
  private final VuTimers timers;
  private final VuStates states;
  private final VuLanes lanes;
  private final VuPublisher events;
  private final MetricsTracker metrics;
  private final VuParts parts;
  private final ProgramRunner program;
  private final VuThrottle throttle;
  private final VuMeetings meetings;
  private final VuRequests requests;
  private final VuIterations iterations;
  private final VuEndings endings;
  private final VuSteps steps;

  VuFlow(final ShardState shard, final VuParts parts) {
    this.shard = shard;
    this.parts = parts;
    moment = shard.moment;
    table = shard.table;
    timers = shard.timers;
    states = shard.states;
    lanes = shard.lanes;
    events = shard.events.vus();
    metrics = shard.metrics;
    program = parts.program;
    throttle = parts.throttle;
    meetings = parts.meetings;
    requests = parts.requests;
    iterations = parts.iterations;
    endings = parts.endings;
    steps = parts.steps;
  }

  /** All VUs of the shard come into being. */
  void spawn() {
    for (final ScenarioRun scenario : shard.scenarios) {
      for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
        table.scenario(vu, scenario.plan.index());
        table.iteration(vu, -1);
        table.pc(vu, ProgramRunner.NO_PC);
        table.wanted(vu, scenario.isSelective() && scenario.numberOf(vu) < scenario.startVus());
        states.spawn(vu);
        table.wakeTick(vu, scenario.startTick);
        timers.wake(vu, scenario.startTick);
      }
    }
  }

  /**
   * One VU alone comes into being, and begins at once what an identity says; each step is noted.
   */
  void preview(final int vu, final int scenario, final long iteration, final StepTrace trace) {
    endings.trace(trace);
    program.trace(trace);
    table.scenario(vu, scenario);
    table.pc(vu, ProgramRunner.NO_PC);
    table.wanted(vu, true);
    states.spawn(vu);
    states.enter(vu, VuState.READY);
    iterations.begin(vu, shard.scenarios[scenario], iteration);
    steps.run(vu);
  }

  /** The parts that tell what VUs do. */
  VuParts parts() {
    return parts;
  }

  /** The global id of the VU whose request has this slot at the transport. */
  int owner(final int slot) {
    final int local = states.local(slot);
    if (local >= lanes.slots()) {
      throw new IllegalArgumentException("there is no slot " + slot);
    }
    return states.global(lanes.owner(local));
  }

  /** A request of a VU has ended. */
  void onCompletion(final int globalVu, final Completion completion) {
    final int vu = states.local(globalVu);
    if (requests.onCompletion(vu, completion)) {
      final long endedNs = requests.endedNs(vu, completion);
      if (endedNs > moment.nowNs()) {
        moment.now(endedNs);
      }
      proceed(vu);
    }
  }

  /** All that a VU waited for has come: it goes on, unless a failed check ends what it does. */
  private void proceed(final int vu) {
    states.enter(vu, VuState.READY);
    final int ending = requests.takeEnding();
    if (ending == VuReadings.GO_ON) {
      table.pc(vu, table.pc(vu) + 1);
      steps.run(vu);
    } else {
      timers.forget(vu);
      steps.end(vu, ending);
    }
  }

  /** The timer of a VU has fired: it goes on as of the moment at which it should have woken. */
  void onWake(final int vu) {
    moment.asOf(table.wakeTick(vu));
    final int state = table.state(vu);
    if (state == VuState.READY.code()) {
      if (table.pc(vu) == ProgramRunner.NO_PC) {
        goOn(vu, shard.scenarioOf(vu));
      } else {
        if (meetings.leave(vu)) {
          shard.metrics.onMeetingTimeout();
        }
        steps.run(vu);
      }
    } else if (state == VuState.WAITING.code() && throttle.isHolding(vu)) {
      if (!requests.goOn(vu)) {
        proceed(vu);
      }
    } else if (state == VuState.SPAWNED.code()) {
      begin(vu, shard.scenarioOf(vu));
    } else {
      throw new IllegalStateException(
          "timer of VU " + states.global(vu) + " fired in state " + VuState.of(state));
    }
  }

  private void begin(final int vu, final ScenarioRun scenario) {
    states.enter(vu, VuState.READY);
    if (scenario.isOpen()) {
      endings.release(vu, scenario);
    } else {
      goOn(vu, scenario);
    }
  }

  /** The arrivals of a scenario that are due in the present tick; returns how many. */
  int arrive(final ScenarioRun scenario) {
    if (!scenario.isOpen() || scenario.isStopping()) {
      return 0;
    }
    int arrived = 0;
    while (scenario.arrivals.nextTick() == moment.tick()) {
      final long arrival = scenario.arrivals.nextArrival();
      if (scenario.hasFree()) {
        final int vu = scenario.takeFree();
        iterations.arrive(vu, scenario, arrival);
        steps.run(vu);
      } else {
        metrics.onArrivalDropped(scenario.plan.index(), moment.nowNs());
        events.arrivalDropped(scenario.plan.index(), arrival);
        if (scenario.search != null) {
          scenario.search.onDropped();
        }
      }
      scenario.arrivals.advance();
      arrived++;
    }
    return arrived;
  }

  /** Starts what a VU of a closed model has to do next, if it may, and follows the program. */
  void goOn(final int vu, final ScenarioRun scenario) {
    if (iterations.enter(vu, scenario)) {
      steps.run(vu);
    }
  }

  /** A VU that waits without an iteration has none to do any more. */
  void retire(final int vu, final ScenarioRun scenario) {
    timers.forget(vu);
    if (iterations.retire(vu, scenario)) {
      steps.run(vu);
    }
  }

  /** Ends an iteration that has only its last pause before it, and goes on behind that. */
  void skipPause(final int vu) {
    timers.forget(vu);
    if (endings.ended(vu, false) != ProgramRunner.NO_PC) {
      steps.run(vu);
    }
  }
}
