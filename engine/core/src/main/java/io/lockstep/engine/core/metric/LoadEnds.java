package io.lockstep.engine.core.metric;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Until when scenarios began iterations: until each was stopped, or ended its last iteration where
 * it ran out of work before. What comes later is the rest of what had begun, at no rate that
 * anybody asked for.
 */
final class LoadEnds {
  private static final long NOT_STOPPED = -1;

  private final long[] stoppedNs;
  private final long[] lastNs;

  LoadEnds(final int scenarios) {
    stoppedNs = new long[scenarios];
    Arrays.fill(stoppedNs, NOT_STOPPED);
    lastNs = new long[scenarios];
  }

  /** A scenario that had work left begins nothing more. */
  void onStopped(final int scenario, final long atNs) {
    stoppedNs[scenario] = Math.max(stoppedNs[scenario], atNs);
  }

  void onIterationEnded(final int scenario, final long atNs) {
    lastNs[scenario] = Math.max(lastNs[scenario], atNs);
  }

  /** The last of some scenarios, of all where there are none; {@code endedNs} is the run's end. */
  long lastNs(final BitSet scenarios, final long endedNs) {
    final long last =
        IntStream.range(0, stoppedNs.length)
            .filter(scenario -> scenarios.isEmpty() || scenarios.get(scenario))
            .mapToLong(scenario -> ns(scenario, endedNs))
            .max()
            .orElse(endedNs);
    return Math.min(last, endedNs);
  }

  private long ns(final int scenario, final long endedNs) {
    if (stoppedNs[scenario] != NOT_STOPPED) {
      return stoppedNs[scenario];
    }
    return lastNs[scenario] == 0 ? endedNs : lastNs[scenario];
  }

  /** Adds another shard's. */
  void add(final LoadEnds other) {
    for (int i = 0; i < stoppedNs.length; i++) {
      onStopped(i, other.stoppedNs[i]);
      onIterationEnded(i, other.lastNs[i]);
    }
  }
}
