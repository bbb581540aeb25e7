package io.lockstep.scenario.plan;

/**
 * When a scenario runs and what slows it down.
 *
 * @param startTicks from the start of the run to its own
 * @param warmupTicks from its start: what is measured in them is no part of the results
 * @param pacingTicks from the start of an iteration of a VU to that of its next at least; 0 for no
 *     pacing
 * @param requestsPerSecond its throttle, over all shards; {@link #UNTHROTTLED} for none
 * @param burst requests that the throttle lets pass at once after a pause, over all shards
 */
public record Timing(
    long startTicks, long warmupTicks, long pacingTicks, long requestsPerSecond, long burst) {
  /** Value of {@code requestsPerSecond} where there is no throttle. */
  public static final long UNTHROTTLED = 0;

  /** At once, measured from the start, without pacing or throttle. */
  public static final Timing PLAIN = new Timing(0, 0, 0, UNTHROTTLED, 0);

  /** Whether there is a throttle. */
  public boolean isThrottled() {
    return requestsPerSecond != UNTHROTTLED;
  }
}
