package io.lockstep.replay.shard;

/** What a replay found. The order is that of gravity: of several shards the gravest one counts. */
public enum ReplayVerdict {
  /** Every byte of every event is what was recorded, and so is all that follows from them. */
  IDENTICAL,
  /** All that was recorded is identical, but the recording ends before the run did. */
  TRUNCATED,
  /** The journal is not what was written; what precedes the damage is identical. */
  DAMAGED,
  /** The machine does something else than was recorded. */
  DIVERGED;

  /** The graver of both. */
  public ReplayVerdict and(final ReplayVerdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
