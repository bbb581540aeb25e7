package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.schedule.ArrivalSchedule;
import io.lockstep.engine.core.schedule.ControlledArrivals;
import io.lockstep.engine.core.schedule.TokenBucket;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.ScenarioPlan;

/** Where one scenario of one shard stands: its schedule, its deadlines and its free VUs. */
final class ScenarioRun {
  final ScenarioPlan plan;
  final long stream;

  /** Its first tick. */
  final long startTick;

  /** Local ids of its VUs: {@code [firstLocal, endLocal)}. */
  final int firstLocal;

  final int endLocal;

  /** Iterations of a VU. */
  final long iterations;

  /** Ticks from the start of an iteration to that of the next at least, 0 for no pacing. */
  final long pacingTicks;

  /** Null in a closed model. */
  final ArrivalSchedule arrivals;

  /** Null without a throttle. */
  final TokenBucket throttle;

  /** Null where the number of VUs does not ramp. */
  final VuRamp ramp;

  /** Null where no capacity is searched. */
  final CapacitySearch search;

  /** Whether VUs take part only while they are wanted. */
  private final boolean selective;

  private final int shard;
  private final int shards;

  /** Of a shared number, {@link Load#UNLIMITED} where there is none. */
  private final long sharedIterations;

  private long nextShared;

  /** Local ids of the VUs that wait for an arrival; the last freed is taken first. */
  private final int[] free;

  private int freeCount;
  private boolean stopping;
  private long stopTick;
  private long killTick = Transport.NULL_TICK;
  private long stepTick = Transport.NULL_TICK;

  /** The earliest of the control deadlines: stop, kill, end of a step, change of the ramp. */
  private long controlTick;

  ScenarioRun(
      final ScenarioPlan plan,
      final long seed,
      final long tickNs,
      final int shard,
      final int shards) {
    this.plan = plan;
    this.shard = shard;
    this.shards = shards;
    final Load load = plan.load();
    stream = KeyedRandom.scenarioStream(seed, plan.key());
    startTick = plan.startTick();
    firstLocal = local(plan.firstVu());
    endLocal = local(plan.firstVu() + plan.vus());
    iterations = load instanceof Load.Closed closed ? closed.iterations() : Load.UNLIMITED;
    pacingTicks = plan.timing().pacingTicks();
    arrivals =
        load.isOpen() ? ArrivalSchedule.of(load, tickNs, startTick, stream, shard, shards) : null;
    free = new int[load.isOpen() ? endLocal - firstLocal : 0];
    throttle = plan.timing().isThrottled() ? new TokenBucket(plan.timing(), shard, shards) : null;
    ramp =
        load instanceof Load.RampingVus vus
            ? new VuRamp(vus, startTick, plan.firstVu(), endLocal - firstLocal, shard, shards)
            : null;
    search = load instanceof Load.Capacity c ? new CapacitySearch(plan.index(), c) : null;
    selective = ramp != null || load instanceof Load.Controlled;
    sharedIterations =
        load instanceof Load.SharedIterations shared ? shared.iterations() : Load.UNLIMITED;
    nextShared = shard;
    stopTick = plan.stopTick();
    if (load instanceof Load.Capacity capacity) {
      stepTick = startTick + capacity.stepTicks() + 1;
    }
    control();
  }

  /** How many global ids below {@code vu} belong to the shard. */
  private int local(final int vu) {
    return (int) (((long) vu - shard + shards - 1) / shards);
  }

  /** Local id of one of the shard's VUs, counted within the scenario. */
  int localOf(final int vu) {
    return (plan.firstVu() + vu) / shards;
  }

  /** What a VU counts within the scenario, over all shards. */
  int numberOf(final int local) {
    return local * shards + shard - plan.firstVu();
  }

  boolean isOpen() {
    return arrivals != null;
  }

  boolean isSelective() {
    return selective;
  }

  boolean isShared() {
    return sharedIterations != Load.UNLIMITED;
  }

  /** How many of its VUs take part at the start; only where they are selected. */
  int startVus() {
    return ramp != null
        ? ((Load.RampingVus) plan.load()).startVus()
        : ((Load.Controlled) plan.load()).startVus();
  }

  /** Whether a shared iteration is left to this shard. */
  boolean hasShared() {
    return nextShared < sharedIterations;
  }

  /** The next iteration of a shared number: of this shard are those that are its number modulo. */
  long takeShared() {
    final long taken = nextShared;
    nextShared += shards;
    return taken;
  }

  /** Takes all shared iterations that are left to this shard; returns how many. */
  long dropShared() {
    final long left =
        isShared() && hasShared() ? (sharedIterations - nextShared + shards - 1) / shards : 0;
    nextShared += left * shards;
    return left;
  }

  boolean isStopping() {
    return stopping;
  }

  /** From now on nothing starts; at the returned tick nothing may be left. */
  void stop(final long tick) {
    stopping = true;
    stopTick = Transport.NULL_TICK;
    stepTick = Transport.NULL_TICK;
    killTick = Math.min(killTick, tick + Math.max(1, plan.gracefulStopTicks()));
    if (ramp != null) {
      ramp.stop();
    }
    control();
  }

  void killed() {
    stopping = true;
    stopTick = Transport.NULL_TICK;
    stepTick = Transport.NULL_TICK;
    killTick = Transport.NULL_TICK;
    if (ramp != null) {
      ramp.kill();
    }
    control();
  }

  boolean stopIsDue(final long tick) {
    return stopTick == tick;
  }

  boolean killIsDue(final long tick) {
    return killTick == tick;
  }

  boolean stepIsDue(final long tick) {
    return stepTick == tick;
  }

  /** The step that is due is done. */
  void nextStep() {
    stepTick += ((Load.Capacity) plan.load()).stepTicks();
    control();
  }

  /** Looks at the control deadlines anew, once the ramp has gone on. */
  void control() {
    controlTick = Math.min(Math.min(stopTick, killTick), stepTick);
    if (ramp != null) {
      controlTick = Math.min(controlTick, ramp.nextTick());
    }
  }

  long controlTick() {
    return controlTick;
  }

  /** Earliest control deadline or arrival. */
  long nextTick() {
    return arrivals == null || stopping ? controlTick : Math.min(controlTick, arrivals.nextTick());
  }

  /** A change of an externally controlled rate, {@code atNs} after the start of the run. */
  void rate(final long rate, final long atNs, final long tickNs, final long openTick) {
    if (!(arrivals instanceof ControlledArrivals controlled)) {
      throw new IllegalArgumentException("scenario " + plan.name() + " has no rate to be set");
    }
    controlled.rate(rate, Math.max(0, atNs - startTick * tickNs), openTick);
  }

  void free(final int vu) {
    free[freeCount++] = vu;
  }

  boolean hasFree() {
    return freeCount > 0;
  }

  int takeFree() {
    return free[--freeCount];
  }

  void forgetFree() {
    freeCount = 0;
  }
}
