package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.port.Network;
import io.lockstep.journal.event.GeneratorSampledEncoder;
import io.lockstep.journal.event.ThreadSampledEncoder;

/** Encodes what held a generator up. Once per run and shard. */
final class GeneratorPublisher {
  private static final int VERSION_4 = 4;
  private static final int VERSION_5 = 5;

  /** A sample that does not say how the system was asked, as in version 4. */
  private static final int LENGTH_4 = GeneratorSampledEncoder.networkEncodingOffset();

  private final EventWriter events;

  GeneratorPublisher(final EventWriter events) {
    this.events = events;
  }

  /** Version 5 where it is known how the system was asked. */
  void generatorSampled(final GeneratorUse use) {
    final boolean isTold = use.network() != Network.UNKNOWN;
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            isTold ? GeneratorSampledEncoder.BLOCK_LENGTH : LENGTH_4,
            GeneratorSampledEncoder.TEMPLATE_ID,
            isTold ? VERSION_5 : VERSION_4);
    final GeneratorSampledEncoder sample = new GeneratorSampledEncoder();
    sample
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
    if (isTold) {
      sample.network(use.network().code());
    }
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
