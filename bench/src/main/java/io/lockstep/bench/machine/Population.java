package io.lockstep.bench.machine;

import java.util.List;
import java.util.Locale;

/**
 * How many VUs, and how often each goes round.
 *
 * @param vus at once
 * @param iterations of each
 */
record Population(int vus, long iterations) {
  private static final Population SMALL = new Population(10_000, 200);
  private static final Population LARGE = new Population(1_000_000, 6);
  private static final Population TINY_SMALL = new Population(100, 20);
  private static final Population TINY_LARGE = new Population(2_000, 3);

  /** The smaller first. */
  static List<Population> of(final boolean tiny) {
    return tiny ? List.of(TINY_SMALL, TINY_LARGE) : List.of(SMALL, LARGE);
  }

  String text() {
    return String.format(Locale.ROOT, "%,d VUs", vus);
  }
}
