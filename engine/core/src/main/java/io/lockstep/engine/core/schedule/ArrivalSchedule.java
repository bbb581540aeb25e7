package io.lockstep.engine.core.schedule;

import io.lockstep.scenario.plan.Load;

/**
 * The arrivals of an open scenario, one after another, of one shard: arrival i belongs to shard
 * {@code i mod shards}. All times are fixed by the plan and the seed before the run starts, unless
 * an operator controls the rate.
 *
 * <p>Each arrival is due at a nanosecond after the schedule's start and falls into the first tick
 * that does not end before it. Single-threaded; allocates nothing after construction.
 */
public abstract class ArrivalSchedule {
  /** No more arrivals. */
  public static final long NULL_TICK = Long.MAX_VALUE;

  /** Index of the next arrival. */
  long index;

  private final long originTick;
  private final long tickNs;
  private long tick;
  private long earliestTick;

  /**
   * @param originTick the tick whose end is the schedule's start
   */
  ArrivalSchedule(final long originTick, final long tickNs) {
    this.originTick = originTick;
    this.tickNs = tickNs;
  }

  /**
   * The schedule of an open load.
   *
   * @param load the load
   * @param tickNs length of a tick
   * @param originTick the tick at whose end it starts
   * @param scenarioStream key of the scenario's random streams
   * @param shard which arrivals
   * @param shards of how many
   * @throws IllegalArgumentException if the schedule cannot be computed exactly.
   */
  public static ArrivalSchedule of(
      final Load load,
      final long tickNs,
      final long originTick,
      final long scenarioStream,
      final int shard,
      final int shards) {
    if (load instanceof Load.Open open) {
      return new ConstantArrivals(open, tickNs, originTick, scenarioStream, shard, shards);
    }
    if (load instanceof Load.Controlled controlled) {
      return new ControlledArrivals(controlled, tickNs, originTick, shard, shards);
    }
    final RateProfile profile = RateProfile.of(load, tickNs);
    if (load instanceof Load.RampingRate ramp) {
      return new RampingArrivals(
          profile, ramp.process(), ramp.site(), tickNs, originTick, scenarioStream, shard, shards);
    }
    final Load.Capacity capacity = (Load.Capacity) load;
    return new RampingArrivals(
        profile,
        capacity.process(),
        capacity.site(),
        tickNs,
        originTick,
        scenarioStream,
        shard,
        shards);
  }

  /** Tick of the next arrival of this shard, {@link #NULL_TICK} if there is none. */
  public final long nextTick() {
    return tick;
  }

  /** Index of the next arrival, over all shards. */
  public final long nextArrival() {
    return index;
  }

  /** Goes on to the arrival after the next. */
  public abstract void advance();

  /** The next arrival is due so long after the start. */
  final void due(final long dueNs) {
    tick = Math.max(earliestTick, originTick + (dueNs + tickNs - 1) / tickNs);
  }

  /** Nothing is due in earlier ticks from now on: they have passed. */
  final void earliest(final long newTick) {
    earliestTick = newTick;
  }

  /** There is no next arrival. */
  final void end() {
    tick = NULL_TICK;
  }
}
