package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.wheel.TimerWheel;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;

/**
 * What the VUs of a shard do: one method per thing that can happen to a VU, one {@link #state
 * funnel} for every change of state. Knows the present moment from {@link #atInput} and {@link
 * #atInstant}; when things happen is the {@link Machine}'s business. Local VU ids inside, global
 * ones in events and at the transport.
 */
final class VuFlow {
  private static final long FIRST_TICK = 1;

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

  /** A request has ended; one that the VU does not wait for any more is counted and left. */
  void onCompletion(final Completion completion) {
    final int vu = local(completion.vu);
    if (table.state(vu) != VuState.WAITING.code()
        || table.requestSeq(vu) != completion.requestSeq) {
      metrics.onLateCompletion();
      return;
    }
    metrics.onCompleted(table.request(vu), completion, table.intendedNs(vu));
    resume(vu);
  }

  /** The timer of a VU has fired: it goes on as of the moment at which it should have woken. */
  void onWake(final int vu) {
    nowTick = table.wakeTick(vu);
    nowNs = nowTick * tickNs;
    final int state = table.state(vu);
    if (state == VuState.READY.code()) {
      run(vu);
    } else if (state == VuState.SPAWNED.code()) {
      state(vu, VuState.READY);
      final ScenarioRun scenario = scenarios[table.scenario(vu)];
      if (scenario.isOpen()) {
        scenario.free(vu);
      } else if (begin(vu, scenario)) {
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
        metrics.onArrivalStarted(scenario.plan.index(), nowNs);
        begin(vu, scenario, arrival, KeyedRandom.arrivalStream(scenario.stream, arrival), 0);
        run(vu);
      } else {
        metrics.onArrivalDropped(scenario.plan.index(), nowNs);
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

  /** Starts the next iteration of a closed model's VU, or completes the VU and returns false. */
  private boolean begin(final int vu, final ScenarioRun scenario) {
    final long iteration = table.iteration(vu) + 1;
    if (scenario.isStopping() || iteration >= scenario.iterations) {
      complete(vu);
      return false;
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
    metrics.onIterationStarted(scenario.plan.index(), nowNs);
  }

  /** Follows the program from where the VU stands until it waits for something. */
  private void run(final int vu) {
    int pc = table.pc(vu);
    while (true) {
      pc = program.next(pc, table.stream(vu));
      if (program.isRequest(pc)) {
        table.pc(vu, pc);
        issue(vu, program.argument(pc));
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
    if (scenarios[table.scenario(vu)].isStopping() && program.isEnd(pc)) {
      finish(vu, IterationOutcome.COMPLETED);
      return;
    }
    final long ticks = (thinkNs - 1) / tickNs + 1;
    final long wakeTick = Math.min(nowTick + ticks, TimerWheel.MAX_TICK - 1);
    table.wakeTick(vu, wakeTick);
    timers.wake(vu, Math.max(wakeTick, firstFreeTick));
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
    transport.send(global(vu), request, requestSeq, table.stream(vu), tick, nowNs, null);
  }

  /** Goes on after a request, however it ended. */
  private void resume(final int vu) {
    state(vu, VuState.READY);
    table.pc(vu, table.pc(vu) + 1);
    run(vu);
  }

  private void abandon(final int vu) {
    final int request = table.request(vu);
    final int requestSeq = table.requestSeq(vu);
    events.requestAbandoned(
        global(vu), table.scenario(vu), RequestOutcome.INTERRUPTED, requestSeq, request);
    metrics.onInterrupted(request, table.intendedNs(vu));
    transport.cancel(global(vu), requestSeq);
  }

  private void end(final int vu, final IterationOutcome outcome) {
    events.iterationEnded(
        global(vu),
        table.scenario(vu),
        outcome,
        table.iteration(vu),
        table.startedNs(vu),
        Math.max(nowNs, table.startedNs(vu))); // cut off before what started it late was due
    generation.add(table.digest(vu));
    metrics.onIterationEnded(
        table.scenario(vu), outcome == IterationOutcome.COMPLETED, table.startedNs(vu), nowNs);
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
    complete(vu);
  }

  /** The one place where a VU changes its state. */
  private void state(final int vu, final VuState next) {
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
