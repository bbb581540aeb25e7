package io.lockstep.replay.summary;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.machine.TransportKind;

/**
 * What a summary needs beside plan and metrics. All of it can be had from a journal alone.
 *
 * @param kind what carried the requests
 * @param outcome how the run ended
 * @param generation digest of all shards
 * @param journalDigest hex, of all shards
 * @param shards so many
 * @param events in all journals
 * @param eventBytes in all journals
 */
public record RunFacts(
    TransportKind kind,
    RunOutcome outcome,
    GenerationDigest generation,
    String journalDigest,
    int shards,
    long events,
    long eventBytes) {}
