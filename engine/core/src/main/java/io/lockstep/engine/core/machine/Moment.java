package io.lockstep.engine.core.machine;

/**
 * The present moment of a shard: the tick that is under way, and the time at which what happens now
 * happens. Moved by the {@link Machine}, and where something happened at another time than its tick
 * says, by the {@link VuFlow}.
 */
final class Moment {
  private final long tickNs;
  private long tick;
  private long firstFreeTick;
  private long nowTick;
  private long nowNs;

  Moment(final long tickNs) {
    this.tickNs = tickNs;
  }

  /**
   * What follows are inputs of this tick, whose timers have not fired yet, measured at this time.
   */
  void atInput(final long newTick, final long newNowNs) {
    tick = newTick;
    firstFreeTick = newTick;
    now(newNowNs);
  }

  /** What follows happens at the instant that ends this tick. */
  void atInstant(final long newTick) {
    tick = newTick;
    firstFreeTick = newTick + 1;
    asOf(newTick);
  }

  /** What follows happens in the same tick, but as of this time. */
  void now(final long newNowNs) {
    nowNs = newNowNs;
    nowTick = ticks(newNowNs);
  }

  /** What follows happens in the same tick, but as of the instant that ends another. */
  void asOf(final long instantTick) {
    nowTick = instantTick;
    nowNs = instantTick * tickNs;
  }

  /** The tick in which it happens. */
  long tick() {
    return tick;
  }

  /** The earliest tick whose timers have not fired. */
  long firstFreeTick() {
    return firstFreeTick;
  }

  /**
   * The tick that the present time lies in. It is later than {@link #tick} where polling took
   * longer than a tick, and earlier where the engine was held up before it admitted an input. A
   * pause counts from here, so a late engine neither shortens nor hides it.
   */
  long nowTick() {
    return nowTick;
  }

  /** The present time, nanoseconds since the start of the run. */
  long nowNs() {
    return nowNs;
  }

  /** Whole ticks from the start of the run to a time, rounded up. */
  long ticks(final long atNs) {
    return atNs <= 0 ? 0 : (atNs - 1) / tickNs + 1;
  }
}
