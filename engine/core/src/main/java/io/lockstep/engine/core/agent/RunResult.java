package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.metric.MetricsTracker;

/**
 * What a run came to.
 *
 * @param outcome how it ended
 * @param digest of all shards
 * @param metrics of all shards
 * @param events in all journals
 * @param eventBytes in all journals
 * @param wallNs real time it took
 */
public record RunResult(
    RunOutcome outcome,
    GenerationDigest digest,
    MetricsTracker metrics,
    long events,
    long eventBytes,
    long wallNs) {}
