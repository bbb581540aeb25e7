package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;

/**
 * The duty cycle of a transport with a thread of its own: takes sends and cancels from one ring,
 * puts completions into the other. Never waits: polls no more completions than the ring has space
 * for.
 */
final class TransportAgent implements Agent, MessageHandler, Transport.CompletionHandler {
  /** Few, so that what they have begun is looked at before more is begun. */
  private static final int MAX_COMMANDS = 64;

  private static final int MAX_COMPLETIONS = 256;

  private final String roleName;
  private final Transport transport;
  private final TransportQueue queue;
  private final RenderedRequest rendered = new RenderedRequest();
  private StartGate gate;

  TransportAgent(final String roleName, final Transport transport, final TransportQueue queue) {
    this.roleName = roleName;
    this.transport = transport;
    this.queue = queue;
  }

  /** Where the thread meets the others; set before it starts. */
  void startsAt(final StartGate newGate) {
    gate = newGate;
  }

  @Override
  public void onStart() {
    if (gate != null) {
      gate.prepare(transport);
      gate.await(); // what it measures before would be by another clock
    }
  }

  @Override
  public int doWork() {
    final int commands = queue.toTransport().read(this, MAX_COMMANDS);
    final int space = Math.min(MAX_COMPLETIONS, queue.completionSpace());
    return commands + (space > 0 ? transport.poll(0, this, space) : 0);
  }

  @Override
  public void onMessage(
      final int type, final MutableDirectBuffer buffer, final int index, final int length) {
    final int vu = buffer.getInt(index + TransportQueue.VU);
    final int requestSeq = buffer.getInt(index + TransportQueue.REQUEST_SEQ);
    final int end = index + TransportQueue.SEND_LENGTH;
    switch (type) {
      case TransportQueue.CANCEL:
        transport.cancel(vu, requestSeq);
        break;
      case TransportQueue.SEND_RENDERED:
        rendered.wrap(buffer, end, length - TransportQueue.SEND_LENGTH);
        send(vu, requestSeq, buffer, index, rendered);
        break;
      case TransportQueue.SEND_LARGE:
        final ExpandableArrayBuffer large = queue.takeLarge();
        send(vu, requestSeq, buffer, index, rendered.wrap(large, 0, buffer.getInt(end)));
        queue.releaseLarge(large);
        break;
      default:
        send(vu, requestSeq, buffer, index, null);
    }
  }

  private void send(
      final int vu,
      final int requestSeq,
      final DirectBuffer buffer,
      final int index,
      final RenderedRequest request) {
    transport.send(
        vu,
        buffer.getInt(index + TransportQueue.REQUEST),
        requestSeq,
        buffer.getLong(index + TransportQueue.STREAM_KEY),
        buffer.getLong(index + TransportQueue.TICK),
        buffer.getLong(index + TransportQueue.INTENDED_NS),
        request);
  }

  @Override
  public void onCompletion(final Completion completion) {
    queue.offer(completion);
  }

  @Override
  public void onClose() {
    transport.close();
  }

  @Override
  public String roleName() {
    return roleName;
  }
}
