package io.lockstep.engine.core.agent;

/**
 * Sees an engine stand still, by the gaps between its own looks at the clock: whatever held it up,
 * a pause of the JVM, another process on its CPU, a slow disk or too much work in one cycle, what
 * came meanwhile was seen late. Costs a comparison per cycle. On the engine's thread.
 */
final class StallMeter {
  /** From here on a gap is a stall. */
  static final long STALL_NS = 1_000_000;

  /**
   * The same of a wait that lasted longer than asked: the system's own timers may be a millisecond
   * coarse.
   */
  static final long LATE_WAKE_NS = 2_000_000;

  private long busyNs;
  private long count;
  private long sumNs;
  private double squares;
  private long longestNs;

  /**
   * The span from one duty cycle's begin to the next one's.
   *
   * @param busy whether the cycle found work
   */
  void onCycle(final long spanNs, final boolean busy) {
    if (busy) {
      busyNs += spanNs;
    }
    if (spanNs > longestNs) {
      longestNs = spanNs;
    }
    if (spanNs >= STALL_NS) {
      onStall(spanNs);
    }
  }

  /** A wait has ended so much later than asked, or earlier where negative. */
  void onWake(final long lateNs) {
    if (lateNs >= LATE_WAKE_NS) {
      onStall(lateNs);
      longestNs = Math.max(lateNs, longestNs);
    }
  }

  private void onStall(final long spanNs) {
    count++;
    sumNs += spanNs;
    squares += (double) spanNs * spanNs;
  }

  long busyNs() {
    return busyNs;
  }

  long count() {
    return count;
  }

  long sumNs() {
    return sumNs;
  }

  long longestNs() {
    return longestNs;
  }

  /**
   * What stalls add to a response that comes at a random moment: it falls into a stall with a
   * probability that is the stall's share of the run, and then waits for half of it on average.
   */
  long delayNs(final long wallNs) {
    return wallNs <= 0 ? 0 : Math.round(squares / (2.0 * wallNs));
  }
}
