package io.lockstep.engine.core.wheel;

import java.util.Arrays;

/**
 * One deadline per owner, of the kind that is nearly always taken back before it comes: request
 * timeouts. Taking one back touches no timer. The timer stays set and, when it fires, moves on to
 * the owner's deadline of that moment, which is later; so an owner whose deadlines are all met
 * costs one timer per length of a deadline, however many it has. Allocates nothing after
 * construction; single-threaded.
 */
public final class Deadlines {
  /** No deadline. */
  private static final long NONE = TimerWheel.NULL_TICK;

  private final TimerWheel wheel;
  private final long[] deadlines;

  /** Deadlines for owners {@code [0, owners)}, none set. */
  public Deadlines(final int owners) {
    wheel = new TimerWheel(owners);
    deadlines = new long[owners];
    Arrays.fill(deadlines, NONE);
  }

  /** Sets or moves an owner's deadline; one in the past comes with the next {@link #poll}. */
  public void set(final int owner, final long tick) {
    final long deadline = Math.max(wheel.now() + 1, Math.min(tick, TimerWheel.MAX_TICK - 1));
    deadlines[owner] = deadline;
    if (wheel.deadline(owner) > deadline) {
      wheel.remove(owner);
      wheel.add(owner, deadline);
    }
  }

  /** Takes an owner's deadline back, if it has one. */
  public void clear(final int owner) {
    deadlines[owner] = NONE;
  }

  /** Whether an owner has a deadline that has not been taken. */
  public boolean isSet(final int owner) {
    return deadlines[owner] != NONE;
  }

  /** A tick before which no deadline comes, {@link TimerWheel#NULL_TICK} if none ever does. */
  public long nextTick() {
    return wheel.nextTick();
  }

  /**
   * Takes deadlines that have come, in their order, up to and including a tick. To be called until
   * it returns 0.
   *
   * @return how many owners were put into {@code into}.
   * @throws IllegalArgumentException if the tick is before that of an earlier call: deadlines set
   *     after it would come late.
   */
  public int poll(final long nowTick, final int[] into) {
    while (true) {
      final int fired = wheel.poll(into);
      if (fired > 0) {
        final int count = keepDue(into, fired);
        if (count > 0) {
          return count;
        }
      } else {
        final long next = wheel.nextTick();
        if (next > nowTick) {
          wheel.advanceTo(nowTick);
          return 0;
        }
        wheel.advanceTo(next);
      }
    }
  }

  private int keepDue(final int[] owners, final int fired) {
    int count = 0;
    for (int i = 0; i < fired; i++) {
      final int owner = owners[i];
      final long deadline = deadlines[owner];
      if (deadline <= wheel.now()) {
        deadlines[owner] = NONE;
        owners[count++] = owner;
      } else if (deadline != NONE && !wheel.isSet(owner)) {
        wheel.add(owner, deadline);
      }
    }
    return count;
  }
}
