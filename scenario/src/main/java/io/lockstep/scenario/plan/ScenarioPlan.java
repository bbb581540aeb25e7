package io.lockstep.scenario.plan;

/**
 * One scenario of a plan.
 *
 * @param index in the plan
 * @param name unique in the plan
 * @param key key of this scenario's random streams: depends on the name alone
 * @param load who starts iterations, and when
 * @param entry program counter of the first instruction of an iteration
 * @param firstVu global id of its first VU; its VUs are {@code [firstVu, firstVu + vus)}
 * @param vus how many VUs it has; in the open model the most that can be busy at once
 * @param gracefulStopTicks how long running iterations may go on after the duration
 * @param timing when it runs and what slows it down
 * @param browsing what a VU does by itself
 */
public record ScenarioPlan(
    int index,
    String name,
    long key,
    Load load,
    int entry,
    int firstVu,
    int vus,
    long gracefulStopTicks,
    Timing timing,
    Browsing browsing) {
  /** First tick of a run in which a VU can do something: they are spawned in tick 0. */
  public static final long FIRST_TICK = 1;

  /** A scenario that starts with the run, with nothing to slow it down, and is no browser. */
  public ScenarioPlan(
      final int index,
      final String name,
      final long key,
      final Load load,
      final int entry,
      final int firstVu,
      final int vus,
      final long gracefulStopTicks) {
    this(
        index,
        name,
        key,
        load,
        entry,
        firstVu,
        vus,
        gracefulStopTicks,
        Timing.PLAIN,
        Browsing.NONE);
  }

  /** Its first tick. */
  public long startTick() {
    return FIRST_TICK + timing.startTicks();
  }

  /**
   * The tick from which on nothing starts, {@link Load#UNLIMITED} if none is planned. Arrivals of
   * the last tick of a schedule come at that tick's end, after the tick's control deadlines, so an
   * open scenario stops in the tick that follows.
   */
  public long stopTick() {
    return load.durationTicks() == Load.UNLIMITED
        ? Load.UNLIMITED
        : startTick() + load.durationTicks() + (load.isOpen() ? 1 : 0);
  }

  /** The tick in which what is left is interrupted, {@link Load#UNLIMITED} if none is planned. */
  public long endTick() {
    return stopTick() == Load.UNLIMITED
        ? Load.UNLIMITED
        : stopTick() + Math.max(1, gracefulStopTicks);
  }

  /** Ticks from its start whose measurements are no part of the results. */
  public long warmupTicks() {
    return timing.warmupTicks();
  }
}
