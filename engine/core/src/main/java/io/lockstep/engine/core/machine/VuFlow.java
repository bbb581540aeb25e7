package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Plan;

/**
 * The lives of the VUs of a shard: one method per thing that can happen to a VU, from its spawning
 * to its completion. What they do between is told by {@link VuSteps}. Knows the present moment from
 * {@link #atInput} and {@link #atInstant}; when things happen is the {@link Machine}'s business.
 * Local VU ids inside, global ones in events and at the transport.
 */
final class VuFlow {
  /** Stands for the iteration in what a VU does before its first. */
  static final long START_FLOW = -1;

  /** Stands for the iteration in what a VU does after its last. */
  static final long STOP_FLOW = -2;

  private static final long FIRST_TICK = 1;

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
  private final VuSlots slots;
  private final VuLanes lanes;
  private final VuGroups groups;
  private final VuRequests requests;

  /** By scenario. */
  private final Flow.ScenarioFlow[] flows;

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

  /** Whether everything is being ended, so that nothing begins. */
  private boolean killing;

  VuFlow(
      final Plan plan,
      final int shard,
      final int shards,
      final Transport transport,
      final EventPublisher events,
      final MetricsTracker metrics) {
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
    states = new VuStates(table, events, shard, shards);
    slots = new VuSlots(plan, scenarios, table);
    lanes = new VuLanes(plan, scenarios, table, vus);
    groups = new VuGroups(plan, table, slots, states, events);
    program = new ProgramRunner(plan, table, slots, groups, states);
    requests = new VuRequests(plan, transport, events, metrics, table, slots, states, lanes);
    steps = new VuSteps(plan, this, table, timers, slots, program, requests, events);
    flows =
        plan.scenarios().stream()
            .map(scenario -> plan.flow().of(scenario.index()))
            .toArray(Flow.ScenarioFlow[]::new);
  }

  /** All VUs of the shard come into being. */
  void spawn() {
    alive = vus;
    for (final ScenarioRun scenario : scenarios) {
      alive += scenario.isOpen() ? 1 : 0;
      for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
        table.scenario(vu, scenario.plan.index());
        table.iteration(vu, -1);
        state(vu, VuState.SPAWNED);
        table.wakeTick(vu, FIRST_TICK);
        timers.wake(vu, FIRST_TICK);
      }
    }
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
    nowTick = newNowNs <= 0 ? 0 : (newNowNs - 1) / tickNs + 1;
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
      state(vu, VuState.READY);
      table.pc(vu, table.pc(vu) + 1);
      steps.run(vu);
    }
  }

  /** The timer of a VU has fired: it goes on as of the moment at which it should have woken. */
  void onWake(final int vu) {
    nowTick = table.wakeTick(vu);
    nowNs = nowTick * tickNs;
    final int state = table.state(vu);
    if (state == VuState.READY.code()) {
      steps.leaveMeeting(vu);
      steps.run(vu);
    } else if (state == VuState.SPAWNED.code()) {
      state(vu, VuState.READY);
      final ScenarioRun scenario = scenarios[table.scenario(vu)];
      if (scenario.isOpen()) {
        scenario.free(vu);
      } else if (enter(vu, scenario)) {
        steps.run(vu);
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
        metrics.onArrivalStarted();
        begin(vu, scenario, arrival, KeyedRandom.arrivalStream(scenario.stream, arrival), 0);
        steps.run(vu);
      } else {
        metrics.onArrivalDropped();
        events.arrivalDropped(scenario.plan.index(), arrival);
      }
      scenario.arrivals.advance();
      arrived++;
    }
    return arrived;
  }

  /** Nothing new starts; a VU whose iteration has only its last pause before it is done. */
  void stop(final ScenarioRun scenario) {
    if (scenario.isOpen() && !scenario.isStopping()) {
      alive--;
    }
    scenario.stop(tick);
    while (scenario.hasFree()) {
      complete(scenario.takeFree());
    }
    for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
      final int state = table.state(vu);
      if (state == VuState.SPAWNED.code()) {
        timers.forget(vu);
        complete(vu);
      } else if (state == VuState.READY.code() && program.isEnd(table.pc(vu))) {
        timers.forget(vu);
        finish(vu, IterationOutcome.COMPLETED);
      }
    }
  }

  /** Everything ends now. */
  void kill(final ScenarioRun scenario) {
    killing = true;
    stop(scenario);
    scenario.killed();
    for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
      final int state = table.state(vu);
      if (state == VuState.WAITING.code()) {
        abandon(vu);
        finish(vu, IterationOutcome.INTERRUPTED);
      } else if (state == VuState.READY.code()) {
        timers.forget(vu);
        finish(vu, IterationOutcome.INTERRUPTED);
      }
    }
    killing = false;
  }

  /** A VU of a closed model begins its life; returns whether it has something to do. */
  private boolean enter(final int vu, final ScenarioRun scenario) {
    final int start = flows[scenario.plan.index()].start();
    if (start == Flow.NONE) {
      return begin(vu, scenario);
    }
    beginOnce(vu, scenario, START_FLOW, start);
    return true;
  }

  /** Begins what a VU does once, before or after its iterations. */
  private void beginOnce(
      final int vu, final ScenarioRun scenario, final long iteration, final int entry) {
    final long identity = (long) global(vu) - scenario.plan.firstVu();
    final long vuStream = KeyedRandom.vuStream(scenario.stream, identity);
    begin(vu, scenario, iteration, KeyedRandom.iterationStream(vuStream, iteration), identity + 1);
    table.pc(vu, entry);
  }

  /** A VU of a closed model has no iteration to do any more; returns whether it still does. */
  private boolean retire(final int vu, final ScenarioRun scenario) {
    final int stop = flows[scenario.plan.index()].stop();
    if (stop == Flow.NONE || killing || table.iteration(vu) == STOP_FLOW) {
      complete(vu);
      return false;
    }
    beginOnce(vu, scenario, STOP_FLOW, stop);
    return true;
  }

  /** Starts the next iteration of a closed model's VU, or retires the VU. */
  private boolean begin(final int vu, final ScenarioRun scenario) {
    final long iteration = table.iteration(vu) + 1;
    if (scenario.isStopping() || iteration >= scenario.iterations) {
      return retire(vu, scenario);
    }
    final long identity = (long) global(vu) - scenario.plan.firstVu();
    final long vuStream = KeyedRandom.vuStream(scenario.stream, identity);
    begin(vu, scenario, iteration, KeyedRandom.iterationStream(vuStream, iteration), identity + 1);
    return true;
  }

  private void begin(
      final int vu,
      final ScenarioRun scenario,
      final long iteration,
      final long stream,
      final long identity) {
    table.iteration(vu, iteration);
    table.stream(vu, stream);
    table.startedNs(vu, nowNs);
    final long schedule = scenario.isOpen() ? tick : 0;
    table.digest(vu, GenerationTracker.begin(scenario.plan.key(), identity, iteration, schedule));
    table.pc(vu, scenario.plan.entry());
    final Flow.ScenarioFlow flow = flows[scenario.plan.index()];
    if (flow.slots() > 0) {
      slots.clear(vu);
      if (flow.paceSlot() != Flow.NONE) {
        slots.set(vu, flow.paceSlot(), nowNs);
      }
    }
    metrics.onIterationStarted(nowNs);
  }

  /**
   * The iteration has come to its end, and where {@code vuToo} says so what the VU has to do;
   * returns where to go on.
   */
  int ended(final int vu, final boolean vuToo) {
    final boolean last = vuToo || table.iteration(vu) == STOP_FLOW;
    end(vu, IterationOutcome.COMPLETED);
    final ScenarioRun scenario = scenarios[table.scenario(vu)];
    if (scenario.isOpen()) {
      release(vu, scenario);
      return ProgramRunner.NO_PC;
    }
    final boolean goesOn = last ? retire(vu, scenario) : begin(vu, scenario);
    return goesOn ? table.pc(vu) : ProgramRunner.NO_PC;
  }

  private void abandon(final int vu) {
    requests.abandon(vu);
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
    if (table.iteration(vu) < 0) {
      metrics.onFlowEnded(nowNs);
    } else {
      metrics.onIterationEnded(outcome == IterationOutcome.COMPLETED, nowNs);
    }
  }

  private void release(final int vu, final ScenarioRun scenario) {
    if (scenario.isStopping()) {
      complete(vu);
    } else {
      table.pc(vu, ProgramRunner.NO_PC);
      scenario.free(vu);
    }
  }

  private void complete(final int vu) {
    state(vu, VuState.COMPLETE);
    alive--;
  }

  /** Ends a VU within its iteration. */
  void finish(final int vu, final IterationOutcome outcome) {
    end(vu, outcome);
    final ScenarioRun scenario = scenarios[table.scenario(vu)];
    if (outcome == IterationOutcome.INTERRUPTED || scenario.isOpen()) {
      complete(vu);
    } else if (retire(vu, scenario)) {
      steps.run(vu);
    }
  }

  private void state(final int vu, final VuState next) {
    states.enter(vu, next);
  }

  int global(final int vu) {
    return vu * shards + shard;
  }
}
