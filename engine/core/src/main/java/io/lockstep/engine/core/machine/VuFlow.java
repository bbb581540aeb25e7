package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.Plan;

/**
 * The lives of the VUs of a shard: one method per thing that can happen to a VU, from its spawning
 * to its completion. What they do between is told by {@link VuSteps}. Knows the present moment from
 * {@link #atInput} and {@link #atInstant}; when things happen is the {@link Machine}'s business.
 * Local VU ids inside, global ones in events and at the transport.
 */
final class VuFlow {
  private final int shard;
  private final int shards;
  private final int vus;
  private final long tickNs;
  private final EventPublisher events;
  private final MetricsTracker metrics;
  private final ProgramRunner program;
  private final VuSteps steps;
  private final VuTable table;
  private final VuTimers timers;
  private final ScenarioRun[] scenarios;
  private final VuStates states;
  private final VuLanes lanes;
  private final VuGroups groups;
  private final VuRequests requests;
  private final VuBrowsing browsing;
  private final VuThrottle throttle;
  private final VuIterations iterations;
  private final VuSlots slots;
  private final VuVariables variables;
  private final LoadEnd loadEnd;
  private final GenerationTracker generation = new GenerationTracker();
  private long tick;

  /** The earliest tick whose timers have not fired. */
  private long firstFreeTick;

  /**
   * The tick that the present time lies in. It is later than {@link #tick} where polling took
   * longer than a tick, and earlier where the engine was held up before it admitted an input. A
   * pause counts from here, so a late engine neither shortens nor hides it.
   */
  private long nowTick;
  private long nowNs;
  private int alive;

  /** Null but in a preview. */
  private StepTrace trace;

  VuFlow(
      final Plan plan,
      final int shard,
      final int shards,
      final Transport transport,
      final EventPublisher events,
      final MetricsTracker metrics,
      final Surroundings around) {
    this.shard = shard;
    this.shards = shards;
    this.events = events;
    this.metrics = metrics;
    tickNs = plan.tickNs();
    vus = Machine.localVus(plan, shard, shards);
    table = new VuTable(vus);
    timers = new VuTimers(vus, table);
    scenarios =
        plan.scenarios().stream()
            .map(scenario -> new ScenarioRun(scenario, plan.seed(), tickNs, shard, shards))
            .toArray(ScenarioRun[]::new);
    loadEnd = new LoadEnd(scenarios, table, metrics);
    states = new VuStates(table, events, shard, shards);
    slots = new VuSlots(plan, scenarios, table);
    lanes = new VuLanes(plan, scenarios, table, vus);
    groups = new VuGroups(plan, table, slots, states, events, metrics);
    variables = new VuVariables(plan, table, vus);
    final VuScope scope = new VuScope(plan, around, table, slots, variables, states);
    final VuNotes notes = new VuNotes(table, states, events);
    final VuLogic logic = new VuLogic(plan, table, slots, variables, scope, notes);
    program = new ProgramRunner(plan, table, slots, groups, states, logic);
    final ResponseEvents responseEvents = new ResponseEvents(events);
    throttle = new VuThrottle(this, scenarios, table, timers);
    browsing =
        VuBrowsing.of(plan, around, responseEvents, metrics, table, states, vus, lanes.slots());
    requests =
        new VuRequests(
            plan,
            transport,
            events,
            metrics,
            table,
            slots,
            states,
            lanes,
            throttle,
            new VuResponses(plan, table, slots, variables),
            new VuReadings(
                plan,
                around,
                responseEvents,
                metrics,
                table,
                states,
                variables,
                logic,
                lanes.slots()),
            new VuRendering(plan, logic),
            browsing,
            scenarios);
    steps =
        new VuSteps(
            plan, this, table, timers, slots, program, requests, throttle, events, logic, notes);
    iterations =
        new VuIterations(plan, this, metrics, table, timers, slots, variables, states, browsing);
  }

  /** All VUs of the shard come into being. */
  void spawn() {
    alive = vus;
    for (final ScenarioRun scenario : scenarios) {
      alive += scenario.isOpen() ? 1 : 0;
      for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
        table.scenario(vu, scenario.plan.index());
        table.iteration(vu, -1);
        table.pc(vu, ProgramRunner.NO_PC);
        table.wanted(vu, scenario.isSelective() && scenario.numberOf(vu) < scenario.startVus());
        state(vu, VuState.SPAWNED);
        table.wakeTick(vu, scenario.startTick);
        timers.wake(vu, scenario.startTick);
      }
    }
  }

  /**
   * One VU alone comes into being, and begins at once what an identity says; each step is noted.
   */
  void preview(final int vu, final int scenario, final long iteration, final StepTrace newTrace) {
    trace = newTrace;
    program.trace(newTrace);
    table.scenario(vu, scenario);
    table.pc(vu, ProgramRunner.NO_PC);
    table.wanted(vu, true);
    state(vu, VuState.SPAWNED);
    state(vu, VuState.READY);
    iterations.begin(vu, scenarios[scenario], iteration);
    steps.run(vu);
  }

  /**
   * What follows are inputs of this tick, whose timers have not fired yet, measured at this time.
   */
  void atInput(final long newTick, final long newNowNs) {
    tick = newTick;
    firstFreeTick = newTick;
    now(newNowNs);
  }

  private void now(final long newNowNs) {
    nowNs = newNowNs;
    nowTick = ticks(newNowNs);
  }

  /** What follows happens at the instant that ends this tick. */
  void atInstant(final long newTick) {
    tick = newTick;
    firstFreeTick = newTick + 1;
    nowNs = newTick * tickNs;
    nowTick = newTick;
  }

  long tick() {
    return tick;
  }

  /** The earliest tick whose timers have not fired. */
  long firstFreeTick() {
    return firstFreeTick;
  }

  /** The tick that the present time lies in. */
  long nowTick() {
    return nowTick;
  }

  long nowNs() {
    return nowNs;
  }

  /** Whole ticks from the start of the run to a time, rounded up. */
  long ticks(final long atNs) {
    return atNs <= 0 ? 0 : (atNs - 1) / tickNs + 1;
  }

  VuTable table() {
    return table;
  }

  ProgramRunner program() {
    return program;
  }

  VuSlots slots() {
    return slots;
  }

  VuVariables variables() {
    return variables;
  }

  VuTimers timers() {
    return timers;
  }

  ScenarioRun[] scenarios() {
    return scenarios;
  }

  int vus() {
    return vus;
  }

  /** VUs that are not complete, and arrival schedules that are not over. */
  int alive() {
    return alive;
  }

  VuIterations iterations() {
    return iterations;
  }

  GenerationDigest generationDigest() {
    return generation.digest();
  }

  /** Whether a flow has asked for the end of the test, which is the machine's to bring about. */
  boolean isStopAsked() {
    return steps.isStopAsked();
  }

  /** The global id of the VU whose request has this slot at the transport. */
  int owner(final int slot) {
    final int local = slot / shards;
    if (slot < 0 || local >= lanes.slots() || slot % shards != shard) {
      throw new IllegalArgumentException("slot " + slot + " is not of shard " + shard);
    }
    return global(lanes.owner(local));
  }

  /** A request of a VU has ended. */
  void onCompletion(final int globalVu, final Completion completion) {
    final int vu = globalVu / shards;
    requests.at(tick, nowNs);
    if (requests.onCompletion(vu, completion)) {
      final long endedNs = requests.endedNs(vu, completion);
      if (endedNs > nowNs) {
        now(endedNs);
      }
      proceed(vu);
    }
  }

  /** All that a VU waited for has come: it goes on, unless a failed check ends what it does. */
  private void proceed(final int vu) {
    state(vu, VuState.READY);
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
    nowTick = table.wakeTick(vu);
    nowNs = nowTick * tickNs;
    final int state = table.state(vu);
    if (state == VuState.READY.code()) {
      if (table.pc(vu) == ProgramRunner.NO_PC) {
        goOn(vu, scenarios[table.scenario(vu)]);
      } else {
        steps.leaveMeeting(vu);
        steps.run(vu);
      }
    } else if (state == VuState.WAITING.code() && throttle.isHolding(vu)) {
      requests.at(tick, nowNs);
      if (!requests.goOn(vu)) {
        proceed(vu);
      }
    } else if (state == VuState.SPAWNED.code()) {
      state(vu, VuState.READY);
      final ScenarioRun scenario = scenarios[table.scenario(vu)];
      if (scenario.isOpen()) {
        release(vu, scenario);
      } else {
        goOn(vu, scenario);
      }
    } else {
      throw new IllegalStateException(
          "timer of VU " + global(vu) + " fired in state " + VuState.of(state));
    }
  }

  /** The arrivals of a scenario that are due in the present tick; returns how many. */
  int arrive(final ScenarioRun scenario) {
    if (!scenario.isOpen() || scenario.isStopping()) {
      return 0;
    }
    int arrived = 0;
    while (scenario.arrivals.nextTick() == tick) {
      final long arrival = scenario.arrivals.nextArrival();
      if (scenario.hasFree()) {
        final int vu = scenario.takeFree();
        iterations.arrive(vu, scenario, arrival);
        steps.run(vu);
      } else {
        metrics.onArrivalDropped(scenario.plan.index(), nowNs);
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

  /**
   * Nothing new starts. A VU that waits without an iteration retires; one whose iteration has only
   * its last pause before it is done with it.
   */
  void stop(final ScenarioRun scenario) {
    if (scenario.isOpen() && !scenario.isStopping()) {
      alive--;
    }
    loadEnd.note(scenario, nowNs);
    scenario.stop(tick);
    metrics.onIterationsDropped(scenario.plan.index(), scenario.dropShared(), nowNs);
    while (scenario.hasFree()) {
      complete(scenario.takeFree());
    }
    for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
      final int state = table.state(vu);
      if (state == VuState.SPAWNED.code()) {
        timers.forget(vu);
        complete(vu);
      } else if (state == VuState.READY.code() && table.pc(vu) == ProgramRunner.NO_PC) {
        timers.forget(vu);
        if (iterations.retire(vu, scenario)) {
          steps.run(vu);
        }
      } else if (state == VuState.READY.code() && program.isEnd(table.pc(vu))) {
        skipPause(vu);
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
        cut(vu);
      } else if (state == VuState.READY.code()) {
        timers.forget(vu);
        cut(vu);
      }
    }
    iterations.killing(false);
  }

  /** Starts what a VU of a closed model has to do next, if it may, and follows the program. */
  void goOn(final int vu, final ScenarioRun scenario) {
    if (iterations.enter(vu, scenario)) {
      steps.run(vu);
    }
  }

  /** Ends an iteration that has only its last pause before it, and goes on behind that. */
  void skipPause(final int vu) {
    timers.forget(vu);
    if (ended(vu, false) != ProgramRunner.NO_PC) {
      steps.run(vu);
    }
  }

  /**
   * The iteration has come to its end, and where {@code vuToo} says so what the VU has to do;
   * returns where to go on.
   */
  int ended(final int vu, final boolean vuToo) {
    return ended(vu, IterationOutcome.COMPLETED, vuToo);
  }

  /** The same, of an iteration that has come to another end. */
  int ended(final int vu, final IterationOutcome outcome, final boolean vuToo) {
    final boolean last = vuToo || iterations.isAtStop(vu);
    end(vu, outcome);
    final ScenarioRun scenario = scenarios[table.scenario(vu)];
    if (scenario.isOpen()) {
      release(vu, scenario);
      return ProgramRunner.NO_PC;
    }
    final boolean goesOn = last ? iterations.retire(vu, scenario) : iterations.begin(vu, scenario);
    return goesOn ? table.pc(vu) : ProgramRunner.NO_PC;
  }

  /**
   * Cuts off what a VU of a ramp does once its grace is over; unless its life is over too, it then
   * waits to be wanted again.
   */
  void interrupt(final int vu, final ScenarioRun scenario) {
    final int state = table.state(vu);
    if (state == VuState.WAITING.code()) {
      requests.abandon(vu);
      state(vu, VuState.READY);
    } else if (state != VuState.READY.code() || table.pc(vu) == ProgramRunner.NO_PC) {
      return;
    }
    timers.forget(vu);
    if (scenario.isStopping() || iterations.isAtStop(vu)) {
      cut(vu);
    } else {
      throttle.forget(vu);
      end(vu, IterationOutcome.INTERRUPTED);
      goOn(vu, scenario);
    }
  }

  private void end(final int vu, final IterationOutcome outcome) {
    steps.leaveMeeting(vu);
    groups.cut(vu, nowNs);
    events.iterationEnded(
        global(vu),
        table.scenario(vu),
        outcome,
        table.iteration(vu),
        table.startedNs(vu),
        Math.max(nowNs, table.startedNs(vu))); // cut off before what started it late was due
    generation.add(table.digest(vu));
    if (trace != null) {
      trace.ended(vu, outcome, nowNs);
    }
    if (table.iteration(vu) < 0) {
      metrics.onFlowEnded(table.scenario(vu), nowNs);
    } else if (outcome == IterationOutcome.FAILED) {
      metrics.onIterationFailed(table.scenario(vu), table.startedNs(vu), nowNs);
    } else {
      metrics.onIterationEnded(
          table.scenario(vu), outcome == IterationOutcome.COMPLETED, table.startedNs(vu), nowNs);
    }
  }

  private void release(final int vu, final ScenarioRun scenario) {
    if (scenario.isStopping()) {
      complete(vu);
    } else {
      table.pc(vu, ProgramRunner.NO_PC);
      if (!scenario.isSelective() || table.isWanted(vu)) {
        scenario.free(vu);
      }
    }
  }

  void complete(final int vu) {
    state(vu, VuState.COMPLETE);
    alive--;
  }

  /** Ends a VU within what it does. */
  private void cut(final int vu) {
    throttle.forget(vu);
    end(vu, IterationOutcome.INTERRUPTED);
    complete(vu);
  }

  /** A VU waits for nothing any more. */
  void ready(final int vu) {
    state(vu, VuState.READY);
  }

  private void state(final int vu, final VuState next) {
    states.enter(vu, next);
  }

  int global(final int vu) {
    return vu * shards + shard;
  }
}
