package io.lockstep.replay.event;

import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.port.Network;
import io.lockstep.journal.event.GeneratorSampledDecoder;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.ThreadSampledDecoder;
import org.agrona.DirectBuffer;

/** Takes the events apart that tell how a generator fared: one or a few in a run. */
final class GeneratorFields {
  private GeneratorFields() {}

  static void generator(
      final DirectBuffer buffer,
      final int offset,
      final MessageHeaderDecoder header,
      final FieldSink to) {
    final GeneratorSampledDecoder event =
        new GeneratorSampledDecoder().wrapAndApplyHeader(buffer, offset, header);
    to.number("spins", event.spins());
    to.number("cpus", event.cpus());
    to.time("busy", event.busyNs());
    to.number("stalls", event.stalls());
    to.time("stall", event.stallNs());
    to.time("stallDelay", event.stallDelayNs());
    to.number("connectionWaits", event.connectionWaits());
    to.time("connectionWait", event.connectionWaitNs());
    to.time("maxConnectionWait", event.maxConnectionWaitNs());
    number("safepoints", event.safepoints(), to);
    time("safepoint", event.safepointNs(), to);
    time("stolen", event.stolenNs(), to);
    time("machineCpu", event.machineCpuNs(), to);
    number("segmentsSent", event.segmentsSent(), to);
    number("segmentsRetransmitted", event.segmentsRetransmitted(), to);
    final Network network = Network.of(event.network());
    if (network != Network.UNKNOWN) {
      to.text("network", network.key());
    }
  }

  static void thread(
      final DirectBuffer buffer,
      final int offset,
      final MessageHeaderDecoder header,
      final FieldSink to) {
    final ThreadSampledDecoder event =
        new ThreadSampledDecoder().wrapAndApplyHeader(buffer, offset, header);
    to.text("thread", EventNames.thread(event.role()) + "-" + event.shard());
    to.time("wall", event.wallNs());
    to.time("cpu", event.cpuNs());
    time("wait", event.waitNs(), to);
    number("slices", event.slices(), to);
    number("preemptions", event.preemptions(), to);
  }

  /** Left out where the system did not tell. */
  private static void time(final String name, final long ns, final FieldSink to) {
    if (ns != ThreadUse.UNKNOWN) {
      to.time(name, ns);
    }
  }

  private static void number(final String name, final long value, final FieldSink to) {
    if (value != ThreadUse.UNKNOWN) {
      to.number(name, value);
    }
  }
}
