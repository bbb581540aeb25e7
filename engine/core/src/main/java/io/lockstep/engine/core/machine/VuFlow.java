package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.schedule.TokenBucket;
import io.lockstep.engine.core.wheel.TimerWheel;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.util.Arrays;

/**
 * What the VUs of a shard do: one method per thing that can happen to a VU, one {@link #state
 * funnel} for every change of state. Knows the present moment from {@link #atInput} and {@link
 * #atInstant}; when things happen is the {@link Machine}'s business. Local VU ids inside, global
 * ones in events and at the transport.
 */
final class VuFlow {
  private final int shard;
  private final int shards;
  private final int vus;
  private final long tickNs;
  private final Transport transport;
  private final EventPublisher events;
  private final MetricsTracker metrics;
  private final ProgramRunner program;
  private final VuTable table;
  private final VuTimers timers;
  private final ScenarioRun[] scenarios;
  private final long[] requestDigests;
  private final GenerationTracker generation = new GenerationTracker();

  /** Whether any scenario has a throttle, and whether any searches its capacity. */
  private final boolean throttled;
  private final boolean searching;

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

  VuFlow(
      final Plan plan,
      final int shard,
      final int shards,
      final Transport transport,
      final EventPublisher events,
      final MetricsTracker metrics) {
    this.shard = shard;
    this.shards = shards;
    this.transport = transport;
    this.events = events;
    this.metrics = metrics;
    tickNs = plan.tickNs();
    vus = Machine.localVus(plan, shard, shards);
    program = new ProgramRunner(plan);
    table = new VuTable(vus);
    timers = new VuTimers(vus, table);
    scenarios =
        plan.scenarios().stream()
            .map(scenario -> new ScenarioRun(scenario, plan.seed(), tickNs, shard, shards))
            .toArray(ScenarioRun[]::new);
    requestDigests = plan.requests().stream().mapToLong(RequestPlan::digest).toArray();
    throttled = Arrays.stream(scenarios).anyMatch(scenario -> scenario.throttle != null);
    searching = Arrays.stream(scenarios).anyMatch(scenario -> scenario.search != null);
  }

  /** All VUs of the shard come into being. */
  void spawn() {
    alive = vus;
    for (final ScenarioRun scenario : scenarios) {
      alive += scenario.isOpen() ? 1 : 0;
      for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
        table.scenario(vu, scenario.plan.index());
        table.iteration(vu, -1);
        table.wanted(vu, scenario.isSelective() && scenario.numberOf(vu) < scenario.startVus());
        state(vu, VuState.SPAWNED);
        table.wakeTick(vu, scenario.startTick);
        timers.wake(vu, scenario.startTick);
      }
    }
  }

  /**
   * What follows are inputs of this tick, whose timers have not fired yet, measured at this time.
   */
  void atInput(final long newTick, final long newNowNs) {
    tick = newTick;
    firstFreeTick = newTick;
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

  long nowNs() {
    return nowNs;
  }

  VuTable table() {
    return table;
  }

  ProgramRunner program() {
    return program;
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

  /** A request has ended; one that the VU does not wait for any more is counted and left. */
  void onCompletion(final Completion completion) {
    final int vu = local(completion.vu);
    if (table.state(vu) != VuState.WAITING.code()
        || table.requestSeq(vu) != completion.requestSeq) {
      metrics.onLateCompletion();
      return;
    }
    metrics.onCompleted(table.request(vu), completion, table.intendedNs(vu));
    if (searching) {
      scenarios[table.scenario(vu)].onCompleted(completion, table.intendedNs(vu));
    }
    resume(vu);
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
        run(vu);
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
        metrics.onArrivalStarted();
        begin(vu, scenario, arrival, KeyedRandom.arrivalStream(scenario.stream, arrival), 0);
        run(vu);
      } else {
        metrics.onArrivalDropped();
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

  /** Nothing new starts; a VU whose iteration has only its last pause before it is done. */
  void stop(final ScenarioRun scenario) {
    if (scenario.isOpen() && !scenario.isStopping()) {
      alive--;
    }
    scenario.stop(tick);
    metrics.onIterationsDropped(scenario.dropShared());
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
        complete(vu);
      } else if (state == VuState.READY.code() && program.isEnd(table.pc(vu))) {
        timers.forget(vu);
        finish(vu, IterationOutcome.COMPLETED);
      }
    }
  }

  /** Everything ends now. */
  void kill(final ScenarioRun scenario) {
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
  }

  /** Starts the next iteration of a VU of a closed model, if it may, and follows the program. */
  void goOn(final int vu, final ScenarioRun scenario) {
    if (begin(vu, scenario)) {
      run(vu);
    }
  }

  /**
   * Starts the next iteration of a closed model's VU. Else it returns false, and the VU is complete
   * or waits without an iteration: for its pace, or to be wanted again.
   */
  private boolean begin(final int vu, final ScenarioRun scenario) {
    final long iteration = table.iteration(vu) + 1;
    if (scenario.isStopping()
        || iteration >= scenario.iterations
        || (scenario.isShared() && !scenario.hasShared())) {
      complete(vu);
      return false;
    }
    if (scenario.isSelective() && !table.isWanted(vu)) {
      table.pc(vu, ProgramRunner.NO_PC);
      return false;
    }
    if (scenario.pacingTicks > 0 && waitsForPace(vu, scenario)) {
      return false;
    }
    if (scenario.isShared()) {
      final long shared = scenario.takeShared();
      metrics.onArrivalStarted();
      begin(vu, scenario, shared, KeyedRandom.arrivalStream(scenario.stream, shared), 0);
      return true;
    }
    final long identity = (long) global(vu) - scenario.plan.firstVu();
    final long vuStream = KeyedRandom.vuStream(scenario.stream, identity);
    begin(vu, scenario, iteration, KeyedRandom.iterationStream(vuStream, iteration), identity + 1);
    return true;
  }

  private boolean waitsForPace(final int vu, final ScenarioRun scenario) {
    final long startedNs = table.startedNs(vu);
    final long dueTick = ticks(startedNs) + scenario.pacingTicks;
    if (startedNs == 0 || dueTick <= nowTick) {
      return false;
    }
    table.pc(vu, ProgramRunner.NO_PC);
    wakeAt(vu, dueTick);
    return true;
  }

  /** Whether the throttle holds the next request of a VU back; its timer is then set. */
  private boolean waitsForToken(final int vu) {
    final TokenBucket throttle = scenarios[table.scenario(vu)].throttle;
    if (throttle == null) {
      return false;
    }
    if (table.hasToken(vu)) {
      table.token(vu, false);
      return false;
    }
    final long thereNs = throttle.take(nowNs);
    if (thereNs <= nowNs) {
      return false;
    }
    table.token(vu, true);
    wakeAt(vu, ticks(thereNs));
    return true;
  }

  /** Whether a VU of a closed model is not wanted any more. */
  boolean leaves(final int vu, final ScenarioRun scenario) {
    return !scenario.isOpen() && !table.isWanted(vu);
  }

  private void wakeAt(final int vu, final long wakeTick) {
    final long reachable = Math.min(wakeTick, TimerWheel.MAX_TICK - 1);
    table.wakeTick(vu, reachable);
    timers.wake(vu, Math.max(reachable, firstFreeTick));
  }

  /** Whole ticks from the start of the run to a time, rounded up. */
  private long ticks(final long atNs) {
    return atNs <= 0 ? 0 : (atNs - 1) / tickNs + 1;
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
    metrics.onIterationStarted(nowNs);
  }

  /** Follows the program from where the VU stands until it waits for something. */
  private void run(final int vu) {
    int pc = table.pc(vu);
    while (true) {
      pc = program.next(pc, table.stream(vu));
      if (program.isRequest(pc)) {
        table.pc(vu, pc);
        if (!throttled || !waitsForToken(vu)) {
          issue(vu, program.argument(pc));
        }
        return;
      }
      if (program.isThink(pc)) {
        final long thinkNs = program.thinkNs(pc, table.stream(vu));
        table.digest(vu, GenerationTracker.think(table.digest(vu), thinkNs));
        pc++;
        if (thinkNs > 0) {
          table.pc(vu, pc);
          think(vu, pc, thinkNs);
          return;
        }
      } else {
        end(vu, IterationOutcome.COMPLETED);
        final ScenarioRun scenario = scenarios[table.scenario(vu)];
        if (scenario.isOpen()) {
          release(vu, scenario);
          return;
        }
        if (!begin(vu, scenario)) {
          return;
        }
        pc = table.pc(vu);
      }
    }
  }

  private void think(final int vu, final int pc, final long thinkNs) {
    final ScenarioRun scenario = scenarios[table.scenario(vu)];
    if (scenario.isStopping() && program.isEnd(pc)) {
      finish(vu, IterationOutcome.COMPLETED);
      return;
    }
    if (scenario.isSelective() && leaves(vu, scenario) && program.isEnd(pc)) {
      end(vu, IterationOutcome.COMPLETED);
      goOn(vu, scenario);
      return;
    }
    final long ticks = (thinkNs - 1) / tickNs + 1;
    wakeAt(vu, nowTick + ticks);
  }

  private void issue(final int vu, final int request) {
    state(vu, VuState.EXECUTING);
    final int requestSeq = table.requestSeq(vu) + 1;
    table.request(vu, requestSeq, request);
    table.intendedNs(vu, nowNs);
    table.digest(vu, GenerationTracker.request(table.digest(vu), requestDigests[request]));
    final int scenario = table.scenario(vu);
    events.requestIssued(
        global(vu),
        scenario,
        table.iteration(vu),
        nowNs,
        requestDigests[request],
        request,
        requestSeq);
    metrics.onIssued(request, nowNs);
    state(vu, VuState.WAITING);
    transport.send(global(vu), request, requestSeq, table.stream(vu), tick, nowNs);
  }

  /** Goes on after a request, however it ended. */
  private void resume(final int vu) {
    state(vu, VuState.READY);
    table.pc(vu, table.pc(vu) + 1);
    run(vu);
  }

  void abandon(final int vu) {
    final int request = table.request(vu);
    final int requestSeq = table.requestSeq(vu);
    events.requestAbandoned(
        global(vu), table.scenario(vu), RequestOutcome.INTERRUPTED, requestSeq, request);
    metrics.onInterrupted(request);
    transport.cancel(global(vu), requestSeq);
  }

  void end(final int vu, final IterationOutcome outcome) {
    events.iterationEnded(
        global(vu),
        table.scenario(vu),
        outcome,
        table.iteration(vu),
        table.startedNs(vu),
        Math.max(nowNs, table.startedNs(vu))); // cut off before what started it late was due
    generation.add(table.digest(vu));
    metrics.onIterationEnded(outcome == IterationOutcome.COMPLETED, nowNs);
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

  private void complete(final int vu) {
    state(vu, VuState.COMPLETE);
    alive--;
  }

  private void finish(final int vu, final IterationOutcome outcome) {
    end(vu, outcome);
    complete(vu);
  }

  /** The one place where a VU changes its state. */
  void state(final int vu, final VuState next) {
    final int current = table.state(vu);
    if (!VuState.isLegal(current, next.code())) {
      throw new IllegalStateException(
          "VU " + global(vu) + " cannot go from " + VuState.of(current) + " to " + next);
    }
    table.state(vu, next.code());
    events.transition(global(vu), current, next.code());
  }

  private int global(final int vu) {
    return vu * shards + shard;
  }

  private int local(final int vu) {
    final int local = vu / shards;
    if (vu < 0 || local >= vus || vu % shards != shard) {
      throw new IllegalArgumentException("VU " + vu + " is not of shard " + shard);
    }
    return local;
  }
}
