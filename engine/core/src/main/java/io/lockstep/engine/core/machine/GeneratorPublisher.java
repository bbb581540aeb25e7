package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.journal.event.GeneratorSampledEncoder;
import io.lockstep.journal.event.ThreadSampledEncoder;

/** Encodes what held a generator up. Once per run and shard. */
final class GeneratorPublisher {
  private static final int VERSION_4 = 4;

  private final EventWriter events;

  GeneratorPublisher(final EventWriter events) {
    this.events = events;
  }

  void generatorSampled(final GeneratorUse use) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            GeneratorSampledEncoder.BLOCK_LENGTH,
            GeneratorSampledEncoder.TEMPLATE_ID,
            VERSION_4);
    new GeneratorSampledEncoder()
        .wrap(events.buffer(), offset)
        .spins((short) (use.spins() ? 1 : 0))
        .cpus(use.cpus())
        .busyNs(use.busyNs())
        .stalls(use.stalls())
        .stallNs(use.stallNs())
        .stallDelayNs(use.stallDelayNs())
        .connectionWaits(use.connectionWaits())
        .connectionWaitNs(use.connectionWaitNs())
        .maxConnectionWaitNs(use.maxConnectionWaitNs())
        .safepoints(use.safepoints())
        .safepointNs(use.safepointNs())
        .stolenNs(use.stolenNs())
        .machineCpuNs(use.machineCpuNs())
        .segmentsSent(use.segmentsSent())
        .segmentsRetransmitted(use.segmentsRetransmitted());
  }

  void threadSampled(final ThreadUse use) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            ThreadSampledEncoder.BLOCK_LENGTH,
            ThreadSampledEncoder.TEMPLATE_ID,
            VERSION_4);
    new ThreadSampledEncoder()
        .wrap(events.buffer(), offset)
        .role((short) use.role().code())
        .shard(use.shard())
        .wallNs(use.wallNs())
        .cpuNs(use.cpuNs())
        .waitNs(use.waitNs())
        .slices(use.slices())
        .preemptions(use.preemptions());
  }
}
