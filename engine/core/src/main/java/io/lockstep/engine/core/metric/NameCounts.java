package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.NameLookup;
import io.lockstep.engine.core.port.NameLookup.Outcome;

/**
 * What came of looking names up.
 *
 * @param firstNs how long the lookup before the run took
 * @param repeats lookups during the run
 * @param changes of these, that brought other addresses
 * @param failures of these, that brought none
 * @param maxNs how long the slowest of these took
 * @param addresses how many there were to connect to in the end
 * @param lastFailure why the last failed one did; empty where none did
 */
public record NameCounts(
    long firstNs,
    long repeats,
    long changes,
    long failures,
    long maxNs,
    int addresses,
    String lastFailure) {
  /** Nothing was looked up. */
  public static final NameCounts NONE = new NameCounts(0, 0, 0, 0, 0, 0, "");

  /** With one more lookup. */
  public NameCounts plus(final NameLookup lookup) {
    if (lookup.outcome() == Outcome.FIRST) {
      return new NameCounts(
          lookup.tookNs(), repeats, changes, failures, maxNs, lookup.addresses(), lastFailure);
    }
    final boolean failed = lookup.outcome() == Outcome.FAILED;
    return new NameCounts(
        firstNs,
        repeats + 1,
        changes + (lookup.outcome() == Outcome.CHANGED ? 1 : 0),
        failures + (failed ? 1 : 0),
        Math.max(maxNs, lookup.tookNs()),
        lookup.addresses(),
        failed ? lookup.text() : lastFailure);
  }
}
