package io.lockstep.scenario.compile;

/**
 * Durations in ticks.
 *
 * @param tickNs length of a tick
 */
record Ticks(long tickNs) {
  /** Whole ticks, rounded up. */
  long of(final long ns) {
    return ns / tickNs + (ns % tickNs == 0 ? 0 : 1);
  }
}
