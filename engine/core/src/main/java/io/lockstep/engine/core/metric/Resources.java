package io.lockstep.engine.core.metric;

/**
 * What the generator itself used over a run: an input, since it is measured. All times are
 * nanoseconds.
 *
 * @param cores processors this process may use
 * @param wallNs span that the sample covers
 * @param processCpuNs CPU of the whole process
 * @param engineCpuNs CPU of the shard's engine thread; over shards the sum
 * @param gcCount collections
 * @param gcNs time in collections
 * @param journalStallNs time the engine waited for the journal; over shards the longest
 * @param queueStallNs time the engine waited for a full queue to the transport; over shards the
 *     longest
 * @param maxCycleNs longest duty cycle, without the start
 * @param busiestCpuNs CPU of the busiest of the shard's threads, be it engine, transport or
 *     journal; over shards the largest
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
    long maxCycleNs,
    long busiestCpuNs) {
  /**
   * Two shards of one process together. Both saw the same process, so of its times the larger
   * holds. What limits a shard is the worst of any: a mean over shards would hide the one that is
   * saturated.
   */
  public Resources plus(final Resources other) {
    return new Resources(
        Math.max(cores, other.cores),
        Math.max(wallNs, other.wallNs),
        Math.max(processCpuNs, other.processCpuNs),
        engineCpuNs + other.engineCpuNs,
        Math.max(gcCount, other.gcCount),
        Math.max(gcNs, other.gcNs),
        Math.max(journalStallNs, other.journalStallNs),
        Math.max(queueStallNs, other.queueStallNs),
        Math.max(maxCycleNs, other.maxCycleNs),
        Math.max(busiestCpuNs, other.busiestCpuNs));
  }
}
