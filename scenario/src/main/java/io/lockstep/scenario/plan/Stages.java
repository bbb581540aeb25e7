package io.lockstep.scenario.plan;

/**
 * A line in pieces: in each stage a value goes evenly from the last target to the stage's own. A
 * stage of zero ticks is a jump.
 *
 * @param ticks length of each stage
 * @param targets value at the end of each stage; as many as there are ticks
 */
public record Stages(LongArray ticks, LongArray targets) {
  public Stages {
    if (ticks.length() != targets.length()) {
      throw new IllegalArgumentException(
          "stages need as many targets as ticks, got " + targets + " and " + ticks);
    }
  }

  /** How many stages there are. */
  public int count() {
    return ticks.length();
  }

  /** Length of all stages. */
  public long durationTicks() {
    long sum = 0;
    for (int i = 0; i < ticks.length(); i++) {
      sum += ticks.get(i);
    }
    return sum;
  }

  /** The largest target, or {@code start} if that is larger. */
  public long highest(final long start) {
    long highest = start;
    for (int i = 0; i < targets.length(); i++) {
      highest = Math.max(highest, targets.get(i));
    }
    return highest;
  }
}
