package io.lockstep.engine.core.metric;

/**
 * What the generator itself used over a run: an input, since it is measured. All times are
 * nanoseconds.
 *
 * @param cores processors this process may use
 * @param wallNs span that the sample covers
 * @param processCpuNs CPU of the whole process
 * @param engineCpuNs CPU of the shard's engine thread
 * @param gcCount collections
 * @param gcNs time in collections
 * @param journalStallNs time the engine waited for the journal
 * @param queueStallNs time the engine waited for a full queue to the transport
 * @param maxCycleNs longest duty cycle
 */
public record Resources(
    int cores,
    long wallNs,
    long processCpuNs,
    long engineCpuNs,
    long gcCount,
    long gcNs,
    long journalStallNs,
    long queueStallNs,
    long maxCycleNs) {
  /**
   * Two shards of one process together: times of a shard add up, those of the process are the
   * larger of the two, since both shards saw the same process.
   */
  public Resources plus(final Resources other) {
    return new Resources(
        Math.max(cores, other.cores),
        Math.max(wallNs, other.wallNs),
        Math.max(processCpuNs, other.processCpuNs),
        engineCpuNs + other.engineCpuNs,
        Math.max(gcCount, other.gcCount),
        Math.max(gcNs, other.gcNs),
        journalStallNs + other.journalStallNs,
        queueStallNs + other.queueStallNs,
        Math.max(maxCycleNs, other.maxCycleNs));
  }
}
