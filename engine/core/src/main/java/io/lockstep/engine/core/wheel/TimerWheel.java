package io.lockstep.engine.core.wheel;

import java.util.Arrays;

/**
 * A hierarchical timer wheel (Varghese and Lauck, Hashed and Hierarchical Timing Wheels, 1987) over
 * a fixed set of timers, linked through one flat array: 16 bytes a timer, so that touching one
 * costs one cache miss. Nothing is allocated after construction.
 *
 * <p>Order: timers fire by (deadline, order of {@link #add}). A level-n slot holds the timers whose
 * deadline first differs from the present tick in digit n, to the base 1024. A timer moves down
 * only when the present tick enters its slot, before anything can be added below, so that first-in
 * first-out holds over all levels.
 *
 * <p>Costs: add, remove, fire are O(1), each timer moves down at most {@value #LEVELS} - 1 times.
 * Single-threaded.
 */
public final class TimerWheel {
  /** No timer. */
  public static final int NULL_TIMER = -1;

  /** Nothing is due, ever. */
  public static final long NULL_TICK = Long.MAX_VALUE;

  /** Deadlines must lie below this tick: 2^50, which at 100 us are 3,500 years. */
  public static final long MAX_TICK = 1L << 50;

  private static final int BITS = 10;
  private static final int SLOTS = 1 << BITS;
  private static final int MASK = SLOTS - 1;
  private static final int LEVELS = 5;
  private static final int WORDS = SLOTS / Long.SIZE;
  private static final long LOW_INT = 0xFFFF_FFFFL;

  /** Two longs per timer: its deadline, then the next timer (high half) and the previous one. */
  private final long[] nodes;

  private final int[] heads = new int[LEVELS * SLOTS];
  private final int[] tails = new int[LEVELS * SLOTS];
  private final long[] occupied = new long[LEVELS * WORDS];
  private long now;
  private int size;

  /** A wheel for timers {@code [0, timers)}, none set, at tick 0. */
  public TimerWheel(final int timers) {
    nodes = new long[Math.multiplyExact(timers, 2)];
    for (int timer = 0; timer < timers; timer++) {
      nodes[timer << 1] = NULL_TICK;
    }
    Arrays.fill(heads, NULL_TIMER);
    Arrays.fill(tails, NULL_TIMER);
  }

  /** The present tick: all earlier ones are done. */
  public long now() {
    return now;
  }

  /** How many timers are set. */
  public int size() {
    return size;
  }

  /** Whether a timer is set. */
  public boolean isSet(final int timer) {
    return nodes[timer << 1] != NULL_TICK;
  }

  /** When a timer fires, {@link #NULL_TICK} if it is not set. */
  public long deadline(final int timer) {
    return nodes[timer << 1];
  }

  /**
   * Sets a timer that is not set.
   *
   * @throws IllegalArgumentException if the deadline is not after the present tick or too far.
   * @throws IllegalStateException if the timer is set.
   */
  public void add(final int timer, final long deadline) {
    if (deadline <= now || deadline >= MAX_TICK) {
      throw new IllegalArgumentException(
          "deadline " + deadline + " must be after " + now + " and below " + MAX_TICK);
    }
    if (nodes[timer << 1] != NULL_TICK) {
      throw new IllegalStateException("timer " + timer + " is set to " + nodes[timer << 1]);
    }
    nodes[timer << 1] = deadline;
    size++;
    append(timer, slot(deadline));
  }

  /** Takes back a timer that is set; does nothing otherwise. */
  public void remove(final int timer) {
    if (nodes[timer << 1] != NULL_TICK) {
      unlink(timer, slot(nodes[timer << 1]));
      nodes[timer << 1] = NULL_TICK;
      size--;
    }
  }

  /**
   * A tick before which nothing is due: exact if it is within this level-0 round, else the start of
   * the next slot in use. Moving there and asking again gets to the exact one.
   */
  public long nextTick() {
    if (size == 0) {
      return NULL_TICK;
    }
    for (int level = 0; level < LEVELS; level++) {
      final int shift = level * BITS;
      final int slot = nextOccupied(level, (int) (now >>> shift & MASK) + 1);
      if (slot >= 0) {
        return (((now >>> (shift + BITS)) << BITS) | slot) << shift;
      }
    }
    throw new IllegalStateException(size + " timers are set but no slot is occupied");
  }

  /**
   * Moves to a tick at or after the present one. The caller must have fired all that is due before
   * it.
   *
   * @throws IllegalArgumentException if the tick is in the past.
   */
  public void advanceTo(final long tick) {
    if (tick < now) {
      throw new IllegalArgumentException("cannot go back from " + now + " to " + tick);
    }
    final long changed = tick ^ now;
    now = tick;
    if (changed >>> BITS != 0) {
      for (int level = LEVELS - 1; level > 0; level--) {
        if (changed >>> (level * BITS) != 0) {
          cascade(level, (int) ((tick >>> (level * BITS)) & MASK));
        }
      }
    }
  }

  /**
   * Takes timers that are due in the present tick, in order. Taking several at once lets the caller
   * fetch what belongs to them from memory together. A timer that is taken is not set any more.
   *
   * @return how many were put into {@code into}; fewer than its length means that these were the
   *     last.
   */
  public int poll(final int[] into) {
    final int slot = (int) (now & MASK);
    int timer = heads[slot];
    if (timer == NULL_TIMER) {
      return 0;
    }
    int count = 0;
    while (timer != NULL_TIMER && count < into.length) {
      if (nodes[timer << 1] != now) {
        throw new IllegalStateException(
            "timer " + timer + " of tick " + nodes[timer << 1] + " was missed, it is " + now);
      }
      nodes[timer << 1] = NULL_TICK;
      into[count++] = timer;
      timer = next(timer);
    }
    heads[slot] = timer;
    if (timer == NULL_TIMER) {
      tails[slot] = NULL_TIMER;
      occupied[slot >>> 6] &= ~(1L << slot);
    } else {
      previous(timer, NULL_TIMER);
    }
    size -= count;
    return count;
  }

  /** Index over all levels of the slot that a deadline belongs to at the present tick. */
  private int slot(final long deadline) {
    final int level = (63 - Long.numberOfLeadingZeros((deadline ^ now) | 1)) / BITS;
    return level * SLOTS + (int) ((deadline >>> (level * BITS)) & MASK);
  }

  private int next(final int timer) {
    return (int) (nodes[(timer << 1) + 1] >> 32);
  }

  private void next(final int timer, final int value) {
    final int index = (timer << 1) + 1;
    nodes[index] = (nodes[index] & LOW_INT) | ((long) value << 32);
  }

  private int previous(final int timer) {
    return (int) nodes[(timer << 1) + 1];
  }

  private void previous(final int timer, final int value) {
    final int index = (timer << 1) + 1;
    nodes[index] = (nodes[index] & ~LOW_INT) | (value & LOW_INT);
  }

  private void append(final int timer, final int slot) {
    final int tail = tails[slot];
    nodes[(timer << 1) + 1] = ((long) NULL_TIMER << 32) | (tail & LOW_INT);
    tails[slot] = timer;
    if (tail == NULL_TIMER) {
      heads[slot] = timer;
      occupied[slot >>> 6] |= 1L << slot;
    } else {
      next(tail, timer);
    }
  }

  private void unlink(final int timer, final int slot) {
    final int before = previous(timer);
    final int after = next(timer);
    if (before == NULL_TIMER) {
      heads[slot] = after;
    } else {
      next(before, after);
    }
    if (after == NULL_TIMER) {
      tails[slot] = before;
    } else {
      previous(after, before);
    }
    if (heads[slot] == NULL_TIMER) {
      occupied[slot >>> 6] &= ~(1L << slot);
    }
  }

  private void cascade(final int level, final int digit) {
    final int slot = level * SLOTS + digit;
    int timer = heads[slot];
    if (timer == NULL_TIMER) {
      return;
    }
    heads[slot] = NULL_TIMER;
    tails[slot] = NULL_TIMER;
    occupied[slot >>> 6] &= ~(1L << slot);
    while (timer != NULL_TIMER) {
      final int following = next(timer);
      append(timer, slot(nodes[timer << 1]));
      timer = following;
    }
  }

  private int nextOccupied(final int level, final int from) {
    if (from >= SLOTS) {
      return -1;
    }
    int word = from >>> 6;
    long bits = occupied[level * WORDS + word] & -1L << from;
    while (bits == 0) {
      word++;
      if (word == WORDS) {
        return -1;
      }
      bits = occupied[level * WORDS + word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }
}
