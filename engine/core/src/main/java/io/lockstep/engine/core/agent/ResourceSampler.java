package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.port.HostProbe;
import io.lockstep.engine.core.port.HostProbe.HostCounts;
import io.lockstep.engine.core.port.Network;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.port.WaitTally;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Measures what a shard's threads and its process use during a live run. On the engine's thread.
 */
final class ResourceSampler {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final LongSupplier journalStallNs;
  private final LongSupplier queueStallNs;
  private final LongSupplier engineCpuNs;
  private final LongSupplier othersCpuNs;
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final StallMeter stalls = new StallMeter();

  /** Of the process: asked before the run, since a pinned thread is told of its own CPU alone. */
  private final int cores = Runtime.getRuntime().availableProcessors();

  private long processCpuBeforeNs = processCpuNs();
  private long gcCountBefore = gcCount();
  private long gcMillisBefore = gcMillis();
  private boolean spins;
  private int cpus;
  private HostProbe host = HostProbe.NONE;
  private HostCounts hostBefore = HostCounts.UNKNOWN;
  private WaitTally waits = WaitTally.NONE;
  private Network network = Network.UNKNOWN;
  private LongFunction<List<ThreadUse>> threads = wallNs -> List.of();

  /**
   * @param journalStallNs what the engine has waited for the journal
   * @param queueStallNs what it has waited for the queue to the transport
   * @param engineCpuNs CPU of the engine's thread
   * @param othersCpuNs CPU of the busiest of the shard's other threads, 0 if it has none
   */
  ResourceSampler(
      final LongSupplier journalStallNs,
      final LongSupplier queueStallNs,
      final LongSupplier engineCpuNs,
      final LongSupplier othersCpuNs) {
    this.journalStallNs = journalStallNs;
    this.queueStallNs = queueStallNs;
    this.engineCpuNs = engineCpuNs;
    this.othersCpuNs = othersCpuNs;
  }

  /**
   * Also looks at the system around the shard. Before the run.
   *
   * @param newOptions of the run
   * @param newHost tells what the system counts
   * @param newTransport the shard's
   * @param newThreads what the shard's threads have used, given the run's length in nanoseconds
   */
  ResourceSampler watching(
      final RunOptions newOptions,
      final HostProbe newHost,
      final Transport newTransport,
      final LongFunction<List<ThreadUse>> newThreads) {
    spins = newOptions.idle() == RunOptions.Idle.SPIN;
    cpus = (int) newOptions.cpus().stream().distinct().count();
    host = newHost;
    waits = newTransport.waits();
    network = newTransport.network();
    threads = newThreads;
    return this;
  }

  /** The process and the machine are looked at from here on; before any cycle, on any thread. */
  void begin() {
    processCpuBeforeNs = processCpuNs();
    gcCountBefore = gcCount();
    gcMillisBefore = gcMillis();
    hostBefore = host.counts();
  }

  /** Sees each duty cycle. */
  StallMeter stalls() {
    return stalls;
  }

  /** Tells a machine that has come to its end all that was measured since the begin. */
  void report(final Machine machine, final long wallNs) {
    threads.apply(wallNs).forEach(machine::onThread);
    machine.onGenerator(generator(wallNs));
    machine.onResources(sample(wallNs));
  }

  private GeneratorUse generator(final long wallNs) {
    final HostCounts counts = host.counts().since(hostBefore);
    return new GeneratorUse(
        spins,
        cpus,
        stalls.busyNs(),
        stalls.count(),
        stalls.sumNs(),
        stalls.delayNs(wallNs),
        waits.count(),
        waits.sumNs(),
        waits.maxNs(),
        counts.safepoints(),
        counts.safepointNs(),
        counts.stolenNs(),
        counts.machineCpuNs(),
        counts.segmentsSent(),
        counts.segmentsRetransmitted(),
        network);
  }

  private Resources sample(final long wallNs) {
    final long cpuNs = engineCpuNs.getAsLong();
    return new Resources(
        cores,
        wallNs,
        processCpuNs() - processCpuBeforeNs,
        cpuNs,
        gcCount() - gcCountBefore,
        (gcMillis() - gcMillisBefore) * NANOS_PER_MILLI,
        journalStallNs.getAsLong(),
        queueStallNs.getAsLong(),
        stalls.longestNs(),
        Math.max(cpuNs, othersCpuNs.getAsLong()));
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
