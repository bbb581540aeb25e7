package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.metric.Resources;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures what a shard's threads and its process use during a live run. On the engine's thread.
 */
final class ResourceSampler {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final LongSupplier journalStallNs;
  private final LongSupplier queueStallNs;
  private final LongSupplier othersCpuNs;
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final long processCpuBeforeNs = processCpuNs();
  private final long gcCountBefore = gcCount();
  private final long gcMillisBefore = gcMillis();
  private long maxCycleNs;

  /**
   * @param journalStallNs what the engine has waited for the journal
   * @param queueStallNs what it has waited for the queue to the transport
   * @param othersCpuNs CPU of the busiest of the shard's other threads, 0 if it has none
   */
  ResourceSampler(
      final LongSupplier journalStallNs,
      final LongSupplier queueStallNs,
      final LongSupplier othersCpuNs) {
    this.journalStallNs = journalStallNs;
    this.queueStallNs = queueStallNs;
    this.othersCpuNs = othersCpuNs;
  }

  /** The span from one duty cycle's begin to the next one's. */
  void onCycle(final long spanNs) {
    if (spanNs > maxCycleNs) {
      maxCycleNs = spanNs;
    }
  }

  /** Since this was made. */
  Resources sample(final long wallNs) {
    final long engineCpuNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return new Resources(
        Runtime.getRuntime().availableProcessors(),
        wallNs,
        processCpuNs() - processCpuBeforeNs,
        engineCpuNs,
        gcCount() - gcCountBefore,
        (gcMillis() - gcMillisBefore) * NANOS_PER_MILLI,
        journalStallNs.getAsLong(),
        queueStallNs.getAsLong(),
        maxCycleNs,
        Math.max(engineCpuNs, othersCpuNs.getAsLong()));
  }

  private static long processCpuNs() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private long gcCount() {
    return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
  }

  private long gcMillis() {
    return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
  }
}
