package io.lockstep.engine.core.wheel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class TimerWheelTest {
  private static final int TIMERS = 60;
  private static final int STEPS = 400;

  /** A timer that is set; {@code order} counts the adds. */
  private record Set(long deadline, long order, int timer) {
    static final Comparator<Set> FIRING =
        Comparator.comparingLong(Set::deadline).thenComparingLong(Set::order);
  }

  @Property(tries = 300)
  void firesByDeadlineAndInsertionLikeASortedSet(@ForAll final long seed) {
    new Trial(seed).run();
  }

  @Test
  void shouldKeepTheOrderOfInsertionOverAllLevels() {
    final long deadline = 3L << 40;
    final TimerWheel wheel = new TimerWheel(6);
    wheel.add(5, deadline); // level 4
    wheel.advanceTo(deadline - (5L << 30));
    wheel.add(3, deadline); // level 3
    wheel.advanceTo(deadline - (5L << 20));
    wheel.add(4, deadline); // level 2
    wheel.advanceTo(deadline - (5L << 10));
    wheel.add(0, deadline); // level 1
    wheel.advanceTo(deadline - 5);
    wheel.add(2, deadline);
    wheel.add(1, deadline);
    wheel.remove(4);
    wheel.add(4, deadline);
    wheel.advanceTo(deadline);
    final int[] due = new int[10];
    assertEquals(6, wheel.poll(due));
    assertArrayEquals(new int[] {5, 3, 0, 2, 1, 4, 0, 0, 0, 0}, due);
  }

  @Test
  void shouldRejectDeadlinesThatItCannotKeep() {
    final TimerWheel wheel = new TimerWheel(2);
    wheel.advanceTo(10);
    assertThrows(IllegalArgumentException.class, () -> wheel.add(0, 10));
    assertThrows(IllegalArgumentException.class, () -> wheel.add(0, TimerWheel.MAX_TICK));
    assertThrows(IllegalArgumentException.class, () -> wheel.advanceTo(9));
    wheel.add(0, TimerWheel.MAX_TICK - 1);
    assertThrows(IllegalStateException.class, () -> wheel.add(0, 12));
    assertTrue(wheel.isSet(0));
    wheel.remove(0);
    wheel.remove(0);
    assertFalse(wheel.isSet(0));
    assertEquals(TimerWheel.NULL_TICK, wheel.nextTick());
  }

  @Test
  void shouldSayThatATimerWasMissed() {
    final TimerWheel wheel = new TimerWheel(1);
    wheel.add(0, 5);
    wheel.advanceTo(5 + 1024);
    assertThrows(IllegalStateException.class, () -> wheel.poll(new int[1]));
  }

  /** Random operations on a wheel and on a sorted set. */
  private static final class Trial {
    private final Random random;
    private final TimerWheel wheel = new TimerWheel(TIMERS);
    private final TreeSet<Set> oracle = new TreeSet<>(Set.FIRING);
    private final Set[] setByTimer = new Set[TIMERS];
    private final int[] due;
    private long order;

    Trial(final long seed) {
      random = new Random(seed);
      due = new int[1 + random.nextInt(8)];
    }

    void run() {
      for (int step = 0; step < STEPS && wheel.now() < TimerWheel.MAX_TICK / 2; step++) {
        final int timer = random.nextInt(TIMERS);
        if (setByTimer[timer] == null) {
          add(timer);
        } else if (random.nextInt(4) == 0) {
          wheel.remove(timer);
          oracle.remove(setByTimer[timer]);
          setByTimer[timer] = null;
        }
        if (random.nextInt(3) == 0) {
          advance(wheel.now() + far());
        }
        check();
      }
      advance(TimerWheel.MAX_TICK - 1);
      assertEquals(0, wheel.size());
      assertTrue(oracle.isEmpty());
    }

    /** From one tick to a good part of the whole wheel; often the deadline of another. */
    private long far() {
      if (!oracle.isEmpty() && random.nextInt(3) == 0) {
        return Math.max(1, oracle.last().deadline - wheel.now());
      }
      return 1 + (random.nextLong() >>> 15 + random.nextInt(49));
    }

    private void add(final int timer) {
      final long deadline = Math.min(wheel.now() + far(), TimerWheel.MAX_TICK - 1);
      wheel.add(timer, deadline);
      setByTimer[timer] = new Set(deadline, order++, timer);
      oracle.add(setByTimer[timer]);
    }

    /** As the machine does: from one next tick to the other, firing all that is due. */
    private void advance(final long through) {
      long next = wheel.nextTick();
      int jumps = 0;
      while (next <= through) {
        assertTrue(next > wheel.now(), "progresses");
        assertTrue(oracle.isEmpty() || next <= oracle.first().deadline, "is never late");
        wheel.advanceTo(next);
        jumps += poll() > 0 ? -jumps : 1;
        assertTrue(jumps < 5, "one early tick for each level at most");
        next = wheel.nextTick();
      }
    }

    private int poll() {
      int fired = 0;
      int count = wheel.poll(due);
      while (count > 0) {
        for (int i = 0; i < count; i++) {
          final Set expected = oracle.pollFirst();
          assertEquals(expected.timer, due[i]);
          assertEquals(expected.deadline, wheel.now());
          setByTimer[due[i]] = null;
          if (wheel.now() < TimerWheel.MAX_TICK / 2 && random.nextInt(4) == 0) {
            add(due[i]); // as one that thinks again
          }
        }
        fired += count;
        count = wheel.poll(due);
      }
      assertTrue(oracle.isEmpty() || oracle.first().deadline > wheel.now(), "all that is due");
      return fired;
    }

    private void check() {
      assertEquals(oracle.size(), wheel.size());
      for (int timer = 0; timer < TIMERS; timer++) {
        assertEquals(setByTimer[timer] != null, wheel.isSet(timer));
        assertEquals(
            setByTimer[timer] == null ? TimerWheel.NULL_TICK : setByTimer[timer].deadline,
            wheel.deadline(timer));
      }
    }
  }
}
