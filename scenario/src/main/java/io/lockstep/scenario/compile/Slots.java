package io.lockstep.scenario.compile;

/** Counts the slots that the flows of a scenario need. */
final class Slots {
  private int count;

  /** The next one. */
  int take() {
    return take(1);
  }

  /** The first of the next so many. */
  int take(final int wanted) {
    count += wanted;
    return count - wanted;
  }

  int count() {
    return count;
  }
}
