package io.lockstep.engine.transport.sim;

import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A simulated target that keeps the bytes of what it is sent. */
final class Overhearing implements Transport {
  private final SimulatedTransport transport;
  private final List<String> sent;

  Overhearing(final Plan plan, final List<String> sent) {
    transport = new SimulatedTransport(plan, 0, 1);
    this.sent = sent;
  }

  @Override
  public void send(
      final int vu,
      final int request,
      final int requestSeq,
      final long streamKey,
      final long tick,
      final long intendedNs,
      final RenderedRequest rendered) {
    final byte[] bytes = new byte[rendered.length()];
    rendered.buffer().getBytes(rendered.offset(), bytes);
    sent.add(new String(bytes, StandardCharsets.UTF_8));
    transport.send(vu, request, requestSeq, streamKey, tick, intendedNs, rendered);
  }

  @Override
  public void cancel(final int vu, final int requestSeq) {
    transport.cancel(vu, requestSeq);
  }

  @Override
  public int poll(final long tick, final CompletionHandler handler, final int limit) {
    return transport.poll(tick, handler, limit);
  }

  @Override
  public long nextTick() {
    return transport.nextTick();
  }

  @Override
  public void close() {
    transport.close();
  }
}
