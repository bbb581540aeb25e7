package io.lockstep.scenario.plan;

/** Who starts iterations, and when. Ticks count from the scenario's start. */
public sealed interface Load {
  /** Stands for "no limit" in {@link Closed}. */
  long UNLIMITED = Long.MAX_VALUE;

  /**
   * Closed model: each VU starts its next iteration when its last one has ended.
   *
   * @param durationTicks after so many ticks no iteration starts, or {@link #UNLIMITED}.
   * @param iterations per VU, or {@link #UNLIMITED}; one of the two is limited.
   */
  record Closed(long durationTicks, long iterations) implements Load {}

  /**
   * Open model: iterations arrive at a constant rate, whether or not earlier ones have ended.
   *
   * @param arrivals so many arrivals
   * @param periodNs in each such period
   * @param durationTicks arrivals are due in {@code [0, durationTicks)}
   * @param process how they spread
   * @param site key of the random stream that the gaps of a Poisson process draw from
   */
  record Open(long arrivals, long periodNs, long durationTicks, ArrivalProcess process, long site)
      implements Load {}

  /** How arrivals spread over time. */
  enum ArrivalProcess {
    /** Evenly spaced. */
    UNIFORM,
    /** Exponential gaps. */
    POISSON
  }
}
