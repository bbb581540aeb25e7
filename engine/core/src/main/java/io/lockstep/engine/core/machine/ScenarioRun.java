package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.schedule.ArrivalSchedule;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.ScenarioPlan;

/** Where one scenario of one shard stands: its schedule, its deadlines and its free VUs. */
final class ScenarioRun {
  private static final long FIRST_TICK = 1;

  final ScenarioPlan plan;
  final long stream;

  /** Local ids of its VUs: {@code [firstLocal, endLocal)}. */
  final int firstLocal;

  final int endLocal;

  /** Iterations of a VU. */
  final long iterations;

  /** Null in a closed model. */
  final ArrivalSchedule arrivals;

  /** Local ids of the VUs that wait for an arrival; the last freed is taken first. */
  private final int[] free;

  private int freeCount;
  private boolean stopping;
  private long stopTick;
  private long killTick = Transport.NULL_TICK;

  ScenarioRun(
      final ScenarioPlan plan,
      final long seed,
      final long tickNs,
      final int shard,
      final int shards) {
    this.plan = plan;
    stream = KeyedRandom.scenarioStream(seed, plan.key());
    firstLocal = local(plan.firstVu(), shard, shards);
    endLocal = local(plan.firstVu() + plan.vus(), shard, shards);
    final long durationTicks;
    if (plan.load() instanceof Load.Closed closed) {
      iterations = closed.iterations();
      durationTicks = closed.durationTicks();
      arrivals = null;
      free = new int[0];
    } else if (plan.load() instanceof Load.Open open) {
      iterations = Load.UNLIMITED;
      durationTicks = open.durationTicks();
      arrivals = new ArrivalSchedule(open, tickNs, stream, shard, shards);
      free = new int[endLocal - firstLocal];
    } else {
      throw new IllegalArgumentException("no machine for load " + plan.load());
    }
    stopTick = durationTicks == Load.UNLIMITED ? Transport.NULL_TICK : endTick(durationTicks);
  }

  /**
   * When nothing starts any more. Arrivals of the last tick of a schedule come at that tick's end,
   * after the tick's control deadlines, so an open scenario stops in the tick that follows.
   */
  private long endTick(final long durationTicks) {
    return FIRST_TICK + durationTicks + (isOpen() ? 1 : 0);
  }

  /** How many global ids below {@code vu} belong to the shard. */
  private static int local(final int vu, final int shard, final int shards) {
    return (int) (((long) vu - shard + shards - 1) / shards);
  }

  boolean isOpen() {
    return arrivals != null;
  }

  boolean isStopping() {
    return stopping;
  }

  /** From now on nothing starts; at the returned tick nothing may be left. */
  void stop(final long tick) {
    stopping = true;
    stopTick = Transport.NULL_TICK;
    killTick = Math.min(killTick, tick + Math.max(1, plan.gracefulStopTicks()));
  }

  void killed() {
    stopping = true;
    stopTick = Transport.NULL_TICK;
    killTick = Transport.NULL_TICK;
  }

  boolean stopIsDue(final long tick) {
    return stopTick == tick;
  }

  boolean killIsDue(final long tick) {
    return killTick == tick;
  }

  /** Earliest control deadline or arrival. */
  long nextTick() {
    final long control = Math.min(stopTick, killTick);
    return arrivals == null || stopping ? control : Math.min(control, arrivals.nextTick());
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
}
