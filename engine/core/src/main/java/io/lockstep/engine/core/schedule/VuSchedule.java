package io.lockstep.engine.core.schedule;

import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Stages;

/**
 * When VUs of a ramp come and go, one change after another, of one shard. The number of VUs follows
 * a straight line in each stage: VU n, counted from 0, comes when the line has risen to n + 1 and
 * goes when it has fallen to n. A change falls into the first tick that does not end before it.
 * Changes of a stage are computed from its ends, so no time depends on another. Single-threaded;
 * allocates nothing after construction.
 */
public final class VuSchedule {
  /** No more changes. */
  public static final long NULL_TICK = Long.MAX_VALUE;

  private final Stages stages;
  private final long originTick;
  private final int firstVu;
  private final int shard;
  private final int shards;
  private int stage = -1;

  /** Ticks from the start to that of the stage. */
  private long stageTicks;

  private long from;
  private long to;
  private long vu;
  private long tick;

  /**
   * @param load the ramp
   * @param originTick the tick at whose end it starts
   * @param firstVu global id of the scenario's first VU
   * @param shard whose VUs: those whose global id is {@code shard} modulo {@code shards}
   * @param shards of how many
   */
  public VuSchedule(
      final Load.RampingVus load,
      final long originTick,
      final int firstVu,
      final int shard,
      final int shards) {
    stages = load.stages();
    this.originTick = originTick;
    this.firstVu = firstVu;
    this.shard = shard;
    this.shards = shards;
    from = load.startVus();
    to = from;
    settle();
  }

  /** Tick of the next change, {@link #NULL_TICK} if there is none. */
  public long nextTick() {
    return tick;
  }

  /** The VU of the next change, counted within the scenario. */
  public int nextVu() {
    return (int) vu;
  }

  /** Whether it comes rather than goes. */
  public boolean comes() {
    return to > from;
  }

  /** Goes on to the change after the next. */
  public void advance() {
    if (tick == NULL_TICK) {
      return;
    }
    vu += comes() ? shards : -shards;
    settle();
  }

  /** How many VUs are planned at a time: what {@code lockstep plan} shows. */
  public static long plannedVus(final Load.RampingVus load, final long atTicks) {
    long from = load.startVus();
    long start = 0;
    for (int i = 0; i < load.stages().count(); i++) {
      final long to = load.stages().targets().get(i);
      final long ticks = load.stages().ticks().get(i);
      if (atTicks < start + ticks) {
        return to > from
            ? from + share(atTicks - start, to - from, ticks)
            : from - share(atTicks - start, from - to, ticks);
      }
      start += ticks;
      from = to;
    }
    return from;
  }

  /** {@code a * b / c}, rounded down, for a up to c. */
  private static long share(final long a, final long b, final long c) {
    final Wide wide = new Wide();
    wide.product(a, b);
    return wide.divide(c);
  }

  /** The present VU's tick, or the first of a later stage where this one has no more changes. */
  private void settle() {
    while (comes() ? vu >= to : vu < to || to == from) {
      if (!nextStage()) {
        tick = NULL_TICK;
        return;
      }
    }
    final long changes = Math.abs(to - from);
    final long number = comes() ? vu + 1 - from : from - vu;
    final long ticks = stages.ticks().get(stage);
    // ticks * number / changes, rounded up, in parts that do not overflow.
    final long rest = ticks % changes * number;
    tick = originTick + stageTicks + ticks / changes * number + (rest + changes - 1) / changes;
  }

  private boolean nextStage() {
    if (stage == stages.count() - 1) {
      return false;
    }
    stageTicks += stage < 0 ? 0 : stages.ticks().get(stage);
    stage++;
    from = to;
    to = stages.targets().get(stage);
    vu =
        comes()
            ? from + Math.floorMod(shard - firstVu - from, (long) shards)
            : from - 1 - Math.floorMod(firstVu + from - 1 - shard, (long) shards);
    return true;
  }
}
