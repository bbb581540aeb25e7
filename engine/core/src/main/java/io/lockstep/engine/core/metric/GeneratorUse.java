package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Network;

/**
 * What held a live generator up, or may have: an input, since it is measured. All times are
 * nanoseconds; {@link ThreadUse#UNKNOWN} stands for what the system does not tell.
 *
 * @param spins whether idle threads spin
 * @param cpus to which the threads of all shards are pinned, 0 for none
 * @param busyNs time in duty cycles of the engine that found work; over shards the longest
 * @param stalls gaps of a millisecond or more between two looks of an engine at the clock
 * @param stallNs these gaps together; over shards the longest sum
 * @param stallDelayNs what they add, on average, to what happens at a random moment of the run:
 *     half the sum of their squares over the length of the run; over shards the longest
 * @param connectionWaits requests that found no free connection in a pool
 * @param connectionWaitNs what they waited for one, together
 * @param maxConnectionWaitNs the longest of these waits
 * @param safepoints stops of all threads of the JVM, for whatever reason
 * @param safepointNs these together
 * @param stolenNs CPU that the hypervisor gave to other machines; of the whole system
 * @param machineCpuNs CPU that all processes used, this one too; of the whole system
 * @param segmentsSent over TCP; of the whole system
 * @param segmentsRetransmitted over TCP; of the whole system
 * @param network how the system was asked for what happens on connections
 */
public record GeneratorUse(
    boolean spins,
    int cpus,
    long busyNs,
    long stalls,
    long stallNs,
    long stallDelayNs,
    long connectionWaits,
    long connectionWaitNs,
    long maxConnectionWaitNs,
    long safepoints,
    long safepointNs,
    long stolenNs,
    long machineCpuNs,
    long segmentsSent,
    long segmentsRetransmitted,
    Network network) {
  /**
   * Two shards of one process together: of what they share the larger holds, of what each has the
   * worse, and what is counted per request is added.
   */
  public GeneratorUse plus(final GeneratorUse other) {
    return new GeneratorUse(
        spins,
        cpus,
        Math.max(busyNs, other.busyNs),
        stalls + other.stalls,
        Math.max(stallNs, other.stallNs),
        Math.max(stallDelayNs, other.stallDelayNs),
        connectionWaits + other.connectionWaits,
        connectionWaitNs + other.connectionWaitNs,
        Math.max(maxConnectionWaitNs, other.maxConnectionWaitNs),
        Math.max(safepoints, other.safepoints),
        Math.max(safepointNs, other.safepointNs),
        Math.max(stolenNs, other.stolenNs),
        Math.max(machineCpuNs, other.machineCpuNs),
        Math.max(segmentsSent, other.segmentsSent),
        Math.max(segmentsRetransmitted, other.segmentsRetransmitted),
        network);
  }
}
