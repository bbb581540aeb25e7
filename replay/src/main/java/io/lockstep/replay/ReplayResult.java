package io.lockstep.replay;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.replay.shard.ReplayVerdict;
import io.lockstep.replay.summary.RunSummary;
import java.util.List;

/**
 * What a replay found.
 *
 * @param verdict of all shards together, digests and summary included
 * @param shards so many
 * @param events recorded and equal
 * @param eventBytes of them
 * @param nanos that the replay took
 * @param generation digest of what was replayed
 * @param journalDigest of what was read; empty unless all was
 * @param divergence the first one by tick; {@code null} where no event differs
 * @param details what is missing, damaged or different, a sentence each
 * @param summary recomputed; {@code null} unless every journal was replayed to its last event
 */
public record ReplayResult(
    ReplayVerdict verdict,
    int shards,
    long events,
    long eventBytes,
    long nanos,
    GenerationDigest generation,
    String journalDigest,
    Divergence divergence,
    List<String> details,
    RunSummary summary) {
  private static final double NANOS_PER_SECOND = 1e9;

  public ReplayResult {
    details = List.copyOf(details);
  }

  /** Of a run of which nothing could be replayed, since what it takes is damaged. */
  public static ReplayResult unreadable(final String detail, final long nanos) {
    return new ReplayResult(
        ReplayVerdict.DAMAGED,
        0,
        0,
        0,
        nanos,
        GenerationDigest.EMPTY,
        "",
        null,
        List.of(detail),
        null);
  }

  /** Speed of the replay. */
  public long eventsPerSecond() {
    return nanos <= 0 ? 0 : Math.round(events * NANOS_PER_SECOND / nanos);
  }
}
