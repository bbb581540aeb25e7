package io.lockstep.replay.shard;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.GivenValue;
import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.metric.MetricsTracker;
import java.util.List;

/**
 * What came of the replay of one shard.
 *
 * @param shard which
 * @param verdict on it
 * @param events recorded and equal
 * @param bytes of the events that the machine wrote
 * @param mismatch the first one; {@code null} unless {@link ReplayVerdict#DIVERGED}
 * @param note what is missing or damaged, for people; empty where nothing is
 * @param outcome recorded and equal; {@code null} where the recording has no end
 * @param generation of the machine, as far as it came
 * @param metrics of the machine, as far as it came; {@code null} where nothing could be replayed
 * @param given values of the setup that it was given, as far as they were recorded
 * @param values what its first VU remembers in the end by name: what a setup leaves
 */
public record ShardResult(
    int shard,
    ReplayVerdict verdict,
    long events,
    long bytes,
    Mismatch mismatch,
    String note,
    RunOutcome outcome,
    GenerationDigest generation,
    MetricsTracker metrics,
    List<GivenValue> given,
    List<GivenValue> values) {
  public ShardResult {
    given = List.copyOf(given);
    values = List.copyOf(values);
  }
}
