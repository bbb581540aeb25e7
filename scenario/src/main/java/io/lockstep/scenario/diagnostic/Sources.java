package io.lockstep.scenario.diagnostic;

import java.util.ArrayList;
import java.util.List;

/**
 * The sources of one scenario, laid end to end: an offset means a place in one of them, so that a
 * tree made of several files needs no more than an offset in each node. Bounded by the limits on
 * files, whose chars an int can count.
 */
final class Sources {
  private final List<Source> sources = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private int end;

  /** Adds one; returns the offset of its first char. */
  int add(final Source source) {
    final int start = end;
    sources.add(source);
    starts.add(start);
    // One more than its length, so that the place past its end is its own.
    end = Math.addExact(start, source.text().length() + 1);
    return start;
  }

  Source first() {
    return sources.get(0);
  }

  /** The source that an offset is in. */
  Source at(final int offset) {
    return sources.get(index(offset));
  }

  /** The offset within that source. */
  int within(final int offset) {
    return clamp(offset) - starts.get(index(offset));
  }

  /** The nearest offset that is a place. */
  int clamp(final int offset) {
    return Math.max(0, Math.min(offset, end - 1));
  }

  private int index(final int offset) {
    final int at = clamp(offset);
    int low = 0;
    int high = starts.size() - 1;
    while (low < high) {
      final int middle = (low + high + 1) >>> 1;
      if (starts.get(middle) <= at) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
