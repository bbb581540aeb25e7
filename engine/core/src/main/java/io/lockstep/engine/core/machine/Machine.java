package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.wheel.TimerWheel;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.util.List;

/**
 * The deterministic machine of one shard. Its state changes with a tick or a sequenced input and
 * with nothing else, and each input is journaled before it acts.
 *
 * <p>Tick T is the span up to and including the instant {@code T * tickNs}. Its inputs come first, in
 * the order in which they are given; its timers fire at its end: control deadlines by scenario, then
 * VU timers in wheel order, then arrivals by scenario. Within a tick a VU with nothing to wait for
 * goes on at once.
 *
 * <p>Allocates nothing after {@link #start()}. Single-threaded.
 */
public final class Machine implements Transport.CompletionHandler {
  private static final long FIRST_TICK = 1;

  /** Timers taken from the wheel at once. */
  private static final int BATCH = 32;

  private final Plan plan;
  private final int shard;
  private final int shards;
  private final TransportKind kind;
  private final long tickNs;
  private final int vus;
  private final Transport transport;
  private final EventPublisher events;
  private final MetricsTracker metrics;
  private final ProgramRunner program;
  private final VuTable table;

  /** Timer 2v is the think time or schedule of VU v, timer 2v + 1 guards its request timeout. */
  private final TimerWheel wheel;

  private final int[] due = new int[BATCH];

  private final ScenarioRun[] scenarios;
  private final long[] requestDigests;
  private final long[] timeoutTicks;
  private final GenerationTracker generation = new GenerationTracker();
  private long openTick;
  private long nowNs;
  private long lastNs;

  /** VUs that are not complete and arrival schedules that are not over. */
  private int alive;

  private boolean stopped;

  /**
   * All VUs of the plan with {@code vu % shards == shard} live here.
   *
   * @param plan what to do
   * @param shard 0 to {@code shards - 1}
   * @param shards how many machines share the plan
   * @param kind what the transport is, for the journal
   * @param transport carries the requests
   * @param journal takes the events
   */
  public Machine(
      final Plan plan,
      final int shard,
      final int shards,
      final TransportKind kind,
      final Transport transport,
      final BlockWriter journal) {
    if (shard < 0 || shard >= shards) {
      throw new IllegalArgumentException("shard " + shard + " of " + shards);
    }
    this.plan = plan;
    this.shard = shard;
    this.shards = shards;
    this.kind = kind;
    this.transport = transport;
    tickNs = plan.tickNs();
    vus = localVus(plan, shard, shards);
    events = new EventPublisher(journal);
    metrics = new MetricsTracker(plan.requests().size());
    program = new ProgramRunner(plan);
    table = new VuTable(vus);
    wheel = new TimerWheel(Math.multiplyExact(vus, 2));
    scenarios =
        plan.scenarios().stream()
            .map(scenario -> new ScenarioRun(scenario, plan.seed(), tickNs, shard, shards))
            .toArray(ScenarioRun[]::new);
    final List<RequestPlan> requests = plan.requests();
    requestDigests = requests.stream().mapToLong(RequestPlan::digest).toArray();
    timeoutTicks = requests.stream().mapToLong(RequestPlan::timeoutTicks).toArray();
  }

  /** How many VUs of a plan a shard has. */
  public static int localVus(final Plan plan, final int shard, final int shards) {
    return (int) (((long) plan.vus() - shard + shards - 1) / shards);
  }

  /** Tick 0: the run-started event and the spawning of all VUs. The open tick becomes 1. */
  public void start() {
    events.at(0, Phase.TIMERS);
    events.runStarted(kind, shard, shards, vus, plan.seed(), tickNs, plan.digest());
    alive = vus;
    for (final ScenarioRun scenario : scenarios) {
      alive += scenario.isOpen() ? 1 : 0;
      for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
        table.scenario(vu, scenario.plan.index());
        table.iteration(vu, -1);
        state(vu, VuState.SPAWNED);
        wheel.add(2 * vu, FIRST_TICK);
      }
    }
    openTick = FIRST_TICK;
  }

  /**
   * Earliest tick in which something may be due, never late, {@link Transport#NULL_TICK} if nothing
   * is. May be early where a timer is far off: asking again after {@link #advance} gets closer.
   */
  public long nextTick() {
    if (isComplete()) {
      return Transport.NULL_TICK;
    }
    long next = wheel.nextTick();
    for (final ScenarioRun scenario : scenarios) {
      next = Math.min(next, scenario.nextTick());
    }
    return next;
  }

  /** The tick that inputs are admitted to. */
  public long openTick() {
    return openTick;
  }

  /**
   * Fires all that is due in ticks up to and including this one, in order; the open tick becomes the
   * one after it.
   *
   * @return how much fired.
   */
  public int advance(final long throughTick) {
    int fired = 0;
    long next = nextTick();
    while (next <= throughTick) {
      fired += fire(next);
      next = nextTick();
    }
    openTick = Math.max(openTick, throughTick + 1);
    return fired;
  }

  /** An input, admitted to the open tick. */
  @Override
  public void onCompletion(final Completion completion) {
    admit(completion.lastByteNs);
    events.requestCompleted(completion);
    final int vu = local(completion.vu);
    if (table.state(vu) != VuState.WAITING.code()
        || table.requestSeq(vu) != completion.requestSeq) {
      metrics.onLateCompletion();
      return;
    }
    metrics.onCompleted(table.request(vu), completion, table.intendedNs(vu));
    resume(vu);
  }

  /** An input, admitted to the open tick. */
  public void onCommand(final OperatorCommand command, final long atNs) {
    admit(atNs);
    events.operatorCommanded(command, atNs);
    stopped = true;
    for (final ScenarioRun scenario : scenarios) {
      if (command == OperatorCommand.ABORT) {
        kill(scenario);
      } else if (!scenario.isStopping()) {
        stop(scenario);
      }
    }
  }

  /** An input, admitted to the open tick: the last one of a run, given once {@link #isComplete()}. */
  public void onResources(final Resources resources) {
    events.at(openTick, Phase.INPUTS);
    events.resourcesSampled(resources);
    metrics.onResources(resources);
  }

  /**
   * Whether every VU is complete and every arrival schedule over: a shard without a VU still owes its
   * share of the arrivals, and drops it.
   */
  public boolean isComplete() {
    return alive == 0;
  }

  /** The run-ended event, in the tick of the last event before it. */
  public void conclude() {
    if (alive != 0) {
      throw new IllegalStateException(alive + " VUs or arrival schedules are not complete");
    }
    events.at(events.tick(), Phase.TIMERS);
    metrics.onEnded(lastNs);
    final RunOutcome outcome = stopped ? RunOutcome.STOPPED : RunOutcome.COMPLETED;
    events.runEnded(outcome, shard, generation.digest(), lastNs);
  }

  public MetricsTracker metrics() {
    return metrics;
  }

  public GenerationDigest generationDigest() {
    return generation.digest();
  }

  /** Whether an operator ended the run. */
  public boolean isStopped() {
    return stopped;
  }

  private void admit(final long atNs) {
    events.at(openTick, Phase.INPUTS);
    nowNs = atNs;
    lastNs = Math.max(lastNs, atNs);
  }

  private int fire(final long tick) {
    wheel.advanceTo(tick);
    events.at(tick, Phase.TIMERS);
    nowNs = tick * tickNs;
    int fired = 0;
    for (final ScenarioRun scenario : scenarios) {
      if (scenario.stopIsDue(tick)) {
        stop(scenario);
        fired++;
      } else if (scenario.killIsDue(tick)) {
        kill(scenario);
        fired++;
      }
    }
    fired += fireTimers();
    for (final ScenarioRun scenario : scenarios) {
      fired += arrive(scenario, tick);
    }
    if (fired > 0) {
      lastNs = Math.max(lastNs, nowNs);
    }
    return fired;
  }

  private int fireTimers() {
    int fired = 0;
    int count = wheel.poll(due);
    while (count > 0) {
      for (int i = 0; i < count; i++) {
        table.touch(due[i] >> 1);
      }
      for (int i = 0; i < count; i++) {
        if ((due[i] & 1) == 0) {
          onTimer(due[i] >> 1);
        } else {
          onGuard(due[i] >> 1);
        }
      }
      fired += count;
      count = wheel.poll(due);
    }
    return fired;
  }

  private void onTimer(final int vu) {
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

  /**
   * The guard stays set when a response comes, since the next request's timeout is later: it then
   * moves on to that one. So a request that is answered costs no timer.
   */
  private void onGuard(final int vu) {
    final int guard = 2 * vu + 1;
    if (table.state(vu) != VuState.WAITING.code() || wheel.isSet(guard)) {
      return;
    }
    final long timeoutTick = table.timeoutTick(vu);
    if (timeoutTick > wheel.now()) {
      wheel.add(guard, timeoutTick);
      return;
    }
    abandon(vu, RequestOutcome.RESPONSE_TIMEOUT);
    resume(vu);
  }

  private void guard(final int vu, final long timeoutTick) {
    table.timeoutTick(vu, timeoutTick);
    final int guard = 2 * vu + 1;
    if (wheel.deadline(guard) > timeoutTick) {
      wheel.remove(guard);
      wheel.add(guard, timeoutTick);
    }
  }

  private int arrive(final ScenarioRun scenario, final long tick) {
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
    final long schedule = scenario.isOpen() ? wheel.now() : 0;
    table.digest(
        vu, GenerationTracker.begin(scenario.plan.key(), identity, iteration, schedule));
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
    wheel.add(2 * vu, Math.min(events.tick() + ticks, TimerWheel.MAX_TICK - 1));
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
    guard(vu, events.tick() + timeoutTicks[request]);
    state(vu, VuState.WAITING);
    transport.send(global(vu), request, requestSeq, table.stream(vu), events.tick(), nowNs);
  }

  /** Goes on after a request, however it ended. */
  private void resume(final int vu) {
    state(vu, VuState.READY);
    table.pc(vu, table.pc(vu) + 1);
    run(vu);
  }

  private void abandon(final int vu, final RequestOutcome outcome) {
    final int request = table.request(vu);
    final int requestSeq = table.requestSeq(vu);
    events.requestAbandoned(global(vu), table.scenario(vu), outcome, requestSeq, request);
    metrics.onAbandoned(request, outcome, nowNs);
    transport.cancel(global(vu), requestSeq);
  }

  private void end(final int vu, final IterationOutcome outcome) {
    events.iterationEnded(
        global(vu),
        table.scenario(vu),
        outcome,
        table.iteration(vu),
        table.startedNs(vu),
        nowNs);
    generation.add(table.digest(vu));
    metrics.onIterationEnded(outcome == IterationOutcome.COMPLETED, nowNs);
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

  /** Nothing new starts; a VU whose iteration has only its last pause before it is done. */
  private void stop(final ScenarioRun scenario) {
    if (scenario.isOpen() && !scenario.isStopping()) {
      alive--;
    }
    scenario.stop(events.tick());
    while (scenario.hasFree()) {
      complete(scenario.takeFree());
    }
    for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
      final int state = table.state(vu);
      if (state == VuState.SPAWNED.code()) {
        wheel.remove(2 * vu);
        complete(vu);
      } else if (state == VuState.READY.code() && program.isEnd(table.pc(vu))) {
        wheel.remove(2 * vu);
        finish(vu, IterationOutcome.COMPLETED);
      }
    }
  }

  /** Everything ends now. */
  private void kill(final ScenarioRun scenario) {
    stop(scenario);
    scenario.killed();
    for (int vu = scenario.firstLocal; vu < scenario.endLocal; vu++) {
      final int state = table.state(vu);
      if (state == VuState.WAITING.code()) {
        abandon(vu, RequestOutcome.INTERRUPTED);
        finish(vu, IterationOutcome.INTERRUPTED);
      } else if (state == VuState.READY.code()) {
        wheel.remove(2 * vu);
        finish(vu, IterationOutcome.INTERRUPTED);
      }
    }
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
