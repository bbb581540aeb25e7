package io.lockstep.replay.summary;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.port.Network;
import java.io.IOException;
import java.util.List;

/** What held a generator up, in a summary's JSON: {@code null} where the system did not tell. */
final class GeneratorJson {
  private final JsonGenerator out;

  GeneratorJson(final JsonGenerator out) {
    this.out = out;
  }

  void write(final GeneratorUse use, final List<ThreadUse> threads) throws IOException {
    out.writeBooleanField("spins", use.spins());
    out.writeNumberField("pinnedCpus", use.cpus());
    out.writeNumberField("busyNs", use.busyNs());
    out.writeNumberField("stalls", use.stalls());
    out.writeNumberField("stallNs", use.stallNs());
    out.writeNumberField("stallDelayNs", use.stallDelayNs());
    out.writeNumberField("connectionWaits", use.connectionWaits());
    out.writeNumberField("connectionWaitNs", use.connectionWaitNs());
    out.writeNumberField("maxConnectionWaitNs", use.maxConnectionWaitNs());
    number("safepoints", use.safepoints());
    number("safepointNs", use.safepointNs());
    number("systemStolenNs", use.stolenNs());
    number("systemCpuNs", use.machineCpuNs());
    number("systemSegmentsSent", use.segmentsSent());
    number("systemSegmentsRetransmitted", use.segmentsRetransmitted());
    if (use.network() == Network.UNKNOWN) {
      out.writeNullField("network");
    } else {
      out.writeStringField("network", use.network().key());
    }
    out.writeArrayFieldStart("threads");
    for (final ThreadUse thread : threads) {
      out.writeStartObject();
      out.writeStringField("name", thread.name());
      out.writeNumberField("wallNs", thread.wallNs());
      out.writeNumberField("cpuNs", thread.cpuNs());
      number("waitNs", thread.waitNs());
      number("slices", thread.slices());
      number("preemptions", thread.preemptions());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void number(final String key, final long value) throws IOException {
    if (value == ThreadUse.UNKNOWN) {
      out.writeNullField(key);
    } else {
      out.writeNumberField(key, value);
    }
  }
}
