package io.lockstep.bench.micro;

import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.wheel.TimerWheel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The timer wheel with all timers but one set, up to two seconds ahead. */
@State(Scope.Thread)
public class Timers {
  private static final int FIRED = 1_000;
  private static final long AHEAD = 20_000;

  /** Timers of the wheel. */
  @Param({"10000", "1000000"})
  public int timers;

  private final int[] due = new int[32];
  private TimerWheel wheel;
  private long draws;

  /** Sets all timers but the last. */
  @Setup
  public void fill() {
    wheel = new TimerWheel(timers);
    for (int timer = 0; timer < timers - 1; timer++) {
      wheel.add(timer, deadline());
    }
  }

  /** Adds one and takes it back. */
  @Benchmark
  public boolean addAndCancel() {
    wheel.add(timers - 1, deadline());
    wheel.remove(timers - 1);
    return wheel.isSet(timers - 1);
  }

  /** Fires one and adds it again; moving down the levels is in it. */
  @Benchmark
  @OperationsPerInvocation(FIRED)
  public long fireAndAdd() {
    int fired = 0;
    while (fired < FIRED) {
      final int count = wheel.poll(due);
      for (int i = 0; i < count; i++) {
        wheel.add(due[i], deadline());
      }
      fired += count;
      if (count < due.length) {
        wheel.advanceTo(wheel.nextTick());
      }
    }
    return wheel.now();
  }

  private long deadline() {
    return wheel.now() + 1 + KeyedRandom.below(KeyedRandom.mix(++draws), AHEAD);
  }
}
