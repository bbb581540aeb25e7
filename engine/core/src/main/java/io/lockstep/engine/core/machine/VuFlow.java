package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.wheel.TimerWheel;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;

/**
 * What the VUs of a shard do: one method per thing that can happen to a VU. Knows the present
 * moment from {@link #atInput} and {@link #atInstant}; when things happen is the {@link Machine}'s
 * business. Local VU ids inside, global ones in events and at the transport.
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
  private final VuTable table;
  private final VuTimers timers;
  private final ScenarioRun[] scenarios;
  private final VuStates states;
  private final VuSlots slots;
  private final VuLanes lanes;
  private final VuGroups groups;
  private final VuRequests requests;
  private final Meetings meetings;

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

  private boolean stopAsked;

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
    meetings = new Meetings(plan.flow().meetings(), slots);
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
    return stopAsked;
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
      run(vu);
    }
  }

  /** The timer of a VU has fired: it goes on as of the moment at which it should have woken. */
  void onWake(final int vu) {
    nowTick = table.wakeTick(vu);
    nowNs = nowTick * tickNs;
    final int state = table.state(vu);
    if (state == VuState.READY.code()) {
      leaveMeeting(vu);
      run(vu);
    } else if (state == VuState.SPAWNED.code()) {
      state(vu, VuState.READY);
      final ScenarioRun scenario = scenarios[table.scenario(vu)];
      if (scenario.isOpen()) {
        scenario.free(vu);
      } else if (enter(vu, scenario)) {
        run(vu);
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
        run(vu);
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

  /** Follows the program from where the VU stands until it waits for something. */
  private void run(final int vu) {
    program.begin();
    int pc = table.pc(vu);
    while (pc != ProgramRunner.NO_PC) {
      pc = step(vu, program.next(pc, vu, nowNs));
    }
  }

  /** Does one instruction; returns where to go on, or {@link ProgramRunner#NO_PC} to wait. */
  private int step(final int vu, final int pc) {
    switch (program.operation(pc)) {
      case Program.REQUEST:
        table.pc(vu, pc);
        requests.at(tick, nowNs);
        requests.issue(vu, program.argument(pc), program.takeVisit(), program.takeAttempt());
        return ProgramRunner.NO_PC;
      case Program.THINK:
        return pause(vu, pc + 1, program.thinkNs(pc, vu));
      case Program.PACE:
        return pace(vu, pc);
      case Program.RETRY:
        return retry(vu, pc);
      case Program.PARALLEL:
        table.pc(vu, pc);
        requests.at(tick, nowNs);
        requests.begin(vu, program.argument(pc));
        return ProgramRunner.NO_PC;
      case Program.RENDEZVOUS:
        return meet(vu, pc);
      case Program.STOP:
        return stop(vu, pc);
      case Program.END:
        return program.isTired() ? rest(vu, pc) : ended(vu);
      case Program.REPEAT, Program.DURING_END:
        return rest(vu, pc);
      default:
        throw new IllegalStateException("operation " + program.operation(pc) + " at " + pc);
    }
  }

  /** Pauses for what was drawn, and notes it as part of what the VU does. */
  private int pause(final int vu, final int pc, final long pauseNs) {
    table.digest(vu, GenerationTracker.think(table.digest(vu), pauseNs));
    return pauseNs > 0 ? wait(vu, pc, nowTick + (pauseNs - 1) / tickNs + 1) : pc;
  }

  /** Goes on in the next tick, after many rounds of a loop in this one. */
  private int rest(final int vu, final int pc) {
    return wait(vu, pc, nowTick + 1);
  }

  /** Waits for a tick; where all is over but this last pause, the iteration is complete. */
  private int wait(final int vu, final int pc, final long tickToWake) {
    table.pc(vu, pc);
    if (scenarios[table.scenario(vu)].isStopping() && program.isEnd(pc)) {
      finish(vu, IterationOutcome.COMPLETED);
    } else {
      wake(vu, tickToWake);
    }
    return ProgramRunner.NO_PC;
  }

  private void wake(final int vu, final long tickToWake) {
    final long wakeTick = Math.min(tickToWake, TimerWheel.MAX_TICK - 1);
    table.wakeTick(vu, wakeTick);
    timers.wake(vu, Math.max(wakeTick, firstFreeTick));
  }

  private int pace(final int vu, final int pc) {
    final int slot = program.pace(pc).slot();
    final long intervalNs = program.intervalNs(pc, vu);
    final long dueNs = slots.get(vu, slot) + intervalNs;
    table.digest(vu, GenerationTracker.think(table.digest(vu), intervalNs));
    if (dueNs <= nowNs) {
      slots.set(vu, slot, nowNs);
      return pc + 1;
    }
    slots.set(vu, slot, dueNs);
    final long dueTick = (dueNs - 1) / tickNs + 1;
    return wait(vu, pc + 1, dueTick);
  }

  private int retry(final int vu, final int pc) {
    final Flow.Retry retry = program.retry(pc);
    final long failed = slots.get(vu, retry.slot()) + 1;
    if (!table.failed(vu) || failed >= retry.times()) {
      program.takeVisit();
      return pc + 1;
    }
    slots.set(vu, retry.slot(), failed);
    final long pauseNs = program.backoffNs(retry, vu, failed);
    if (program.isTired() && pauseNs == 0) {
      return rest(vu, retry.target());
    }
    return pause(vu, retry.target(), pauseNs);
  }

  private int meet(final int vu, final int pc) {
    final int meeting = program.argument(pc);
    table.pc(vu, pc);
    if (!meetings.join(meeting, vu)) {
      wake(vu, nowTick + meetings.timeoutTicks(meeting));
      return ProgramRunner.NO_PC;
    }
    // All go on at one moment, but none before it came: an input may be older than one before it.
    final long tickToWake = firstFreeTick > tick ? nowTick + 1 : nowTick;
    table.wakeTick(vu, nowTick + meetings.timeoutTicks(meeting));
    int met = meetings.take(meeting);
    while (met != Meetings.NO_VU) {
      timers.forget(met);
      table.pc(met, pc + 1);
      wake(met, Math.max(tickToWake, table.wakeTick(met) - meetings.timeoutTicks(meeting)));
      met = meetings.take(meeting);
    }
    return ProgramRunner.NO_PC;
  }

  /** A VU whose patience at a rendezvous is over goes on alone. */
  private void leaveMeeting(final int vu) {
    final int pc = table.pc(vu);
    if (!meetings.isEmpty()
        && pc != ProgramRunner.NO_PC
        && program.operation(pc) == Program.RENDEZVOUS
        && meetings.leave(program.argument(pc), vu)) {
      table.pc(vu, pc + 1);
    }
  }

  private int stop(final int vu, final int pc) {
    final int what = program.argument(pc);
    if (what == Program.ITERATION) {
      return program.isTired() ? rest(vu, pc) : ended(vu);
    }
    if (what == Program.TEST && !stopAsked) {
      stopAsked = true;
      events.testStopped(global(vu), table.scenario(vu), table.iteration(vu));
    }
    end(vu, IterationOutcome.COMPLETED);
    final ScenarioRun scenario = scenarios[table.scenario(vu)];
    if (scenario.isOpen()) {
      release(vu, scenario);
      return ProgramRunner.NO_PC;
    }
    return retire(vu, scenario) ? table.pc(vu) : ProgramRunner.NO_PC;
  }

  /** The iteration has come to its end; returns where to go on. */
  private int ended(final int vu) {
    final boolean last = table.iteration(vu) == STOP_FLOW;
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
    leaveMeeting(vu);
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

  private void finish(final int vu, final IterationOutcome outcome) {
    end(vu, outcome);
    final ScenarioRun scenario = scenarios[table.scenario(vu)];
    if (outcome == IterationOutcome.INTERRUPTED || scenario.isOpen()) {
      complete(vu);
    } else if (retire(vu, scenario)) {
      run(vu);
    }
  }

  private void state(final int vu, final VuState next) {
    states.enter(vu, next);
  }

  private int global(final int vu) {
    return vu * shards + shard;
  }
}
