package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Plan;

/**
 * What a VU begins next, and whether it may: its start flow, the next iteration, its stop flow, or
 * nothing for now. Gives each its identity and its streams; what is then done is told by {@link
 * VuSteps}.
 */
final class VuIterations {
  /** Stands for the iteration in what a VU does before its first. */
  static final long START_FLOW = -1;

  /** Stands for the iteration in what a VU does after its last. */
  static final long STOP_FLOW = -2;

  /** Stands for the VU where each iteration is a new user. */
  private static final long NEW_USER = 0;

  private final ShardState shard;
  private final Moment moment;
  private final MetricsTracker metrics;
  private final VuTable table;
  private final VuTimers timers;
  private final VuSlots slots;
  private final VuVariables variables;
  private final VuStates states;

  /** {@code null} where no VU is a browser. */
  private final VuBrowsing browsing;

  /** By scenario. */
  private final Flow.ScenarioFlow[] flows;

  /** Whether everything is being ended, so that nothing begins. */
  private boolean killing;

  VuIterations(final ShardState shard, final VuBrowsing browsing) {
    this.shard = shard;
    this.browsing = browsing;
    moment = shard.moment;
    metrics = shard.metrics;
    table = shard.table;
    timers = shard.timers;
    slots = shard.slots;
    variables = shard.variables;
    states = shard.states;
    final Plan plan = shard.plan;
    flows =
        plan.scenarios().stream()
            .map(scenario -> plan.flow().of(scenario.index()))
            .toArray(Flow.ScenarioFlow[]::new);
  }

  void killing(final boolean value) {
    killing = value;
  }

  /** Whether a VU does what it does after its last iteration. */
  boolean isAtStop(final int vu) {
    return table.iteration(vu) == STOP_FLOW;
  }

  /** Whether a VU does what it does before its first iteration. */
  boolean isAtStart(final int vu) {
    return table.iteration(vu) == START_FLOW;
  }

  /** An arrival, or an iteration of a shared number, begins: it knows nothing of the VU. */
  void arrive(final int vu, final ScenarioRun scenario, final long index) {
    metrics.onArrivalStarted(scenario.plan.index(), moment.nowNs());
    if (browsing != null) {
      browsing.forget(vu);
    }
    begin(vu, scenario, index, KeyedRandom.arrivalStream(scenario.stream, index), NEW_USER);
  }

  /** A VU of a closed model begins its life or goes on with it; returns whether it may. */
  boolean enter(final int vu, final ScenarioRun scenario) {
    final int start = flows[scenario.plan.index()].start();
    if (start == Flow.NONE || hasLived(vu) || leaves(vu, scenario)) {
      return begin(vu, scenario);
    }
    beginOnce(vu, scenario, START_FLOW, start);
    return true;
  }

  /** Whether a VU has begun anything: nothing begins at the very start of a run. */
  private boolean hasLived(final int vu) {
    return table.startedNs(vu) > 0;
  }

  /** Whether a VU of a closed model is not wanted any more, or not yet. */
  boolean leaves(final int vu, final ScenarioRun scenario) {
    return scenario.isSelective() && !scenario.isOpen() && !table.isWanted(vu);
  }

  /** Whether nothing comes after what a VU does now, unless it is wanted again. */
  boolean isLast(final int vu) {
    final ScenarioRun scenario = shard.scenarioOf(vu);
    return scenario.isStopping() || leaves(vu, scenario);
  }

  /** Begins what a VU does once, before or after its iterations. */
  private void beginOnce(
      final int vu, final ScenarioRun scenario, final long iteration, final int entry) {
    beginOwn(vu, scenario, iteration);
    table.pc(vu, entry);
  }

  /**
   * A VU has no iteration to do any more; returns whether there is something that it still does.
   */
  boolean retire(final int vu, final ScenarioRun scenario) {
    final int stop = flows[scenario.plan.index()].stop();
    if (stop == Flow.NONE || killing || !hasLived(vu) || table.iteration(vu) == STOP_FLOW) {
      states.complete(vu);
      return false;
    }
    beginOnce(vu, scenario, STOP_FLOW, stop);
    return true;
  }

  /**
   * Starts the next iteration of a closed model's VU. Else it returns false, and the VU is complete
   * or waits without an iteration: for its pace, or to be wanted again. It retires where there is
   * none left.
   */
  boolean begin(final int vu, final ScenarioRun scenario) {
    final long iteration = table.iteration(vu) + 1;
    if (scenario.isStopping()
        || iteration >= scenario.iterations
        || (scenario.isShared() && !scenario.hasShared())) {
      return retire(vu, scenario);
    }
    if (leaves(vu, scenario)) {
      table.pc(vu, ProgramRunner.NO_PC);
      return false;
    }
    if (scenario.pacingTicks > 0 && waitsForPace(vu, scenario)) {
      return false;
    }
    if (scenario.isShared()) {
      final long shared = scenario.takeShared();
      arrive(vu, scenario, shared);
      return true;
    }
    beginOwn(vu, scenario, iteration);
    return true;
  }

  /** Begins what an identity says, whatever came before it. */
  void begin(final int vu, final ScenarioRun scenario, final long iteration) {
    final Flow.ScenarioFlow own = flows[scenario.plan.index()];
    if (!scenario.plan.load().vusLast()) {
      arrive(vu, scenario, iteration);
    } else if (iteration >= 0) {
      beginOwn(vu, scenario, iteration);
    } else {
      beginOnce(vu, scenario, iteration, iteration == START_FLOW ? own.start() : own.stop());
    }
  }

  private void beginOwn(final int vu, final ScenarioRun scenario, final long iteration) {
    final long identity = (long) states.global(vu) - scenario.plan.firstVu();
    final long vuStream = KeyedRandom.vuStream(scenario.stream, identity);
    begin(vu, scenario, iteration, KeyedRandom.iterationStream(vuStream, iteration), identity + 1);
  }

  /** The pace is one of iterations: what a VU does at its start is none. */
  private boolean waitsForPace(final int vu, final ScenarioRun scenario) {
    final long dueTick = moment.ticks(table.startedNs(vu)) + scenario.pacingTicks;
    if (table.iteration(vu) < 0 || dueTick <= moment.nowTick()) {
      return false;
    }
    table.pc(vu, ProgramRunner.NO_PC);
    timers.wakeAt(vu, dueTick, moment.firstFreeTick());
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
    table.startedNs(vu, moment.nowNs());
    table.failed(vu, false); // what was asked by whom this VU served before is no failure of this
    final long schedule = scenario.isOpen() ? moment.tick() : 0;
    table.digest(vu, GenerationTracker.begin(scenario.plan.key(), identity, iteration, schedule));
    table.pc(vu, scenario.plan.entry());
    final Flow.ScenarioFlow own = flows[scenario.plan.index()];
    if (own.slots() > 0) {
      slots.clear(vu);
      if (own.paceSlot() != Flow.NONE) {
        slots.set(vu, own.paceSlot(), moment.nowNs());
      }
    }
    variables.begin(vu, identity == NEW_USER);
    metrics.onIterationStarted(scenario.plan.index(), moment.nowNs());
  }
}
