package io.lockstep.scenario.yaml;

/**
 * What all documents of one scenario may have together: as much as one alone, so that many files
 * are no way around a limit.
 */
public final class Budget {
  private int nodes;
  private long aliasUnits;

  /** Whether one more node is allowed. */
  boolean takeNode() {
    nodes++;
    return nodes <= Limits.MAX_NODES;
  }

  /** Whether an alias, or a file that is named again, may stand for so much more. */
  public boolean takeAliased(final long units) {
    aliasUnits += units;
    return aliasUnits <= Limits.MAX_ALIAS_EXPANSION;
  }

  /** The same as it is now, for an attempt that may be given up. */
  Budget copy() {
    final Budget copy = new Budget();
    copy.nodes = nodes;
    copy.aliasUnits = aliasUnits;
    return copy;
  }
}
