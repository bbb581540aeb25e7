package io.lockstep.replay.shard;

import io.lockstep.engine.core.machine.LoadChange;
import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.machine.OperatorCommand;
import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ConnectionCounts;
import io.lockstep.engine.core.port.Network;
import io.lockstep.journal.event.BodyFaultedDecoder;
import io.lockstep.journal.event.ConnectionsSampledDecoder;
import io.lockstep.journal.event.ContentRecordedDecoder;
import io.lockstep.journal.event.FailureExplainedDecoder;
import io.lockstep.journal.event.FailureReasonedDecoder;
import io.lockstep.journal.event.GeneratorSampledDecoder;
import io.lockstep.journal.event.HandshakeEndedDecoder;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.NameResolvedDecoder;
import io.lockstep.journal.event.OperatorCommandedDecoder;
import io.lockstep.journal.event.ProxyTakenDecoder;
import io.lockstep.journal.event.ReasonDefinedDecoder;
import io.lockstep.journal.event.RequestCompletedDecoder;
import io.lockstep.journal.event.ResourcesSampledDecoder;
import io.lockstep.journal.event.ResponseContentDecoder;
import io.lockstep.journal.event.SetupValueDecoder;
import io.lockstep.journal.event.ThreadSampledDecoder;
import io.lockstep.scenario.plan.RequestOutcome;
import org.agrona.DirectBuffer;

/**
 * Turns recorded inputs back into what the machine was given. Single-threaded, allocates nothing
 * per completion without content.
 */
final class InputDecoder {
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final RequestCompletedDecoder completed = new RequestCompletedDecoder();
  private final OperatorCommandedDecoder commanded = new OperatorCommandedDecoder();
  private final ResourcesSampledDecoder sampled = new ResourcesSampledDecoder();
  private final ConnectionsSampledDecoder connections = new ConnectionsSampledDecoder();
  private final ContentRecordedDecoder part = new ContentRecordedDecoder();
  private final ResponseContentDecoder response = new ResponseContentDecoder();
  private final SetupValueDecoder setup = new SetupValueDecoder();
  private final HandshakeEndedDecoder handshake = new HandshakeEndedDecoder();
  private final FailureExplainedDecoder failure = new FailureExplainedDecoder();
  private final FailureReasonedDecoder reasoned = new FailureReasonedDecoder();
  private final ReasonDefinedDecoder reason = new ReasonDefinedDecoder();
  private final BodyFaultedDecoder bodyFault = new BodyFaultedDecoder();
  private final RecordedContents contents = new RecordedContents();
  private final Completion completion = new Completion();
  private int contentVu;
  private int contentSeq;

  /** Gives the input at {@code offset} to the machine, whose open tick is the recorded one. */
  void give(final int templateId, final DirectBuffer buffer, final int offset, final Machine to) {
    switch (templateId) {
      case RequestCompletedDecoder.TEMPLATE_ID -> {
        to.onCompletion(completion(buffer, offset));
        completion.content.clear();
        completion.clearConnection();
      }
      case HandshakeEndedDecoder.TEMPLATE_ID ->
          to.onHandshake(handshake.wrapAndApplyHeader(buffer, offset, header), completion);
      case FailureExplainedDecoder.TEMPLATE_ID ->
          to.onReason(failure.wrapAndApplyHeader(buffer, offset, header), completion);
      case FailureReasonedDecoder.TEMPLATE_ID ->
          to.onReason(reasoned.wrapAndApplyHeader(buffer, offset, header), completion);
      case ReasonDefinedDecoder.TEMPLATE_ID ->
          to.onReason(reason.wrapAndApplyHeader(buffer, offset, header));
      case BodyFaultedDecoder.TEMPLATE_ID ->
          to.onBodyFault(bodyFault.wrapAndApplyHeader(buffer, offset, header));
      case ContentRecordedDecoder.TEMPLATE_ID -> {
        contents.add(part.wrapAndApplyHeader(buffer, offset, header));
        to.onContent(part.sbeRewind());
      }
      case ResponseContentDecoder.TEMPLATE_ID -> {
        response.wrapAndApplyHeader(buffer, offset, header);
        contents.show(response, completion.content);
        contentVu = response.vu();
        contentSeq = response.requestSeq();
        to.onContent(response);
      }
      case SetupValueDecoder.TEMPLATE_ID ->
          to.onSetup(setup.wrapAndApplyHeader(buffer, offset, header));
      case OperatorCommandedDecoder.TEMPLATE_ID -> {
        commanded.wrapAndApplyHeader(buffer, offset, header);
        command(to);
      }
      case ConnectionsSampledDecoder.TEMPLATE_ID -> to.onConnections(counts(buffer, offset));
      case ProxyTakenDecoder.TEMPLATE_ID -> to.onProxy(NamesDecoder.proxy(buffer, offset));
      case NameResolvedDecoder.TEMPLATE_ID -> to.onLookup(NamesDecoder.lookup(buffer, offset));
      case GeneratorSampledDecoder.TEMPLATE_ID -> to.onGenerator(generator(buffer, offset));
      case ThreadSampledDecoder.TEMPLATE_ID -> to.onThread(thread(buffer, offset));
      case ResourcesSampledDecoder.TEMPLATE_ID -> to.onResources(resources(buffer, offset));
      default -> throw new IllegalArgumentException("template " + templateId + " is no input");
    }
  }

  private void command(final Machine to) {
    final OperatorCommand command = OperatorCommand.of(commanded.command());
    final boolean plain = commanded.argument() == OperatorCommandedDecoder.argumentNullValue();
    if (command == OperatorCommand.THRESHOLD && !plain) {
      to.onThreshold(commanded.argument(), commanded.atNs());
    } else if (command.isEnd()) {
      to.onCommand(command, commanded.atNs());
    } else {
      to.onChange(
          new LoadChange(command, commanded.scenario(), commanded.argument()), commanded.atNs());
    }
  }

  private Completion completion(final DirectBuffer buffer, final int offset) {
    completed.wrapAndApplyHeader(buffer, offset, header);
    completion.isReplayed = true;
    completion.vu = completed.vu();
    completion.requestSeq = completed.requestSeq();
    completion.outcome = RequestOutcome.of(completed.outcome());
    completion.status = completed.status();
    completion.connectNs = completed.connectNs();
    completion.sentNs = completed.sentNs();
    final long handedNs = completed.handedNs();
    completion.handedNs =
        handedNs == RequestCompletedDecoder.handedNsNullValue() ? Completion.NULL_TIME : handedNs;
    completion.firstByteNs = completed.firstByteNs();
    completion.lastByteNs = completed.lastByteNs();
    completion.bytesSent = completed.bytesSent();
    completion.bytesReceived = completed.bytesReceived();
    if (completion.content.isCaptured()
        && (completion.vu != contentVu || completion.requestSeq != contentSeq)) {
      throw new IllegalStateException(
          "the content of VU "
              + contentVu
              + ", request "
              + contentSeq
              + ", comes before the end of VU "
              + completion.vu
              + ", request "
              + completion.requestSeq);
    }
    return completion;
  }

  private ConnectionCounts counts(final DirectBuffer buffer, final int offset) {
    connections.wrapAndApplyHeader(buffer, offset, header);
    return new ConnectionCounts(
        connections.opened(),
        connections.ahead(),
        connections.failedAhead(),
        connections.closedIdle(),
        connections.retired(),
        connections.strays(),
        connections.handshakesAhead());
  }

  private Resources resources(final DirectBuffer buffer, final int offset) {
    sampled.wrapAndApplyHeader(buffer, offset, header);
    return new Resources(
        sampled.cores(),
        sampled.wallNs(),
        sampled.processCpuNs(),
        sampled.engineCpuNs(),
        sampled.gcCount(),
        sampled.gcNs(),
        sampled.journalStallNs(),
        sampled.queueStallNs(),
        sampled.maxCycleNs(),
        sampled.busiestCpuNs());
  }

  private GeneratorUse generator(final DirectBuffer buffer, final int offset) {
    final GeneratorSampledDecoder use =
        new GeneratorSampledDecoder().wrapAndApplyHeader(buffer, offset, header);
    return new GeneratorUse(
        use.spins() != 0,
        use.cpus(),
        use.busyNs(),
        use.stalls(),
        use.stallNs(),
        use.stallDelayNs(),
        use.connectionWaits(),
        use.connectionWaitNs(),
        use.maxConnectionWaitNs(),
        use.safepoints(),
        use.safepointNs(),
        use.stolenNs(),
        use.machineCpuNs(),
        use.segmentsSent(),
        use.segmentsRetransmitted(),
        Network.of(use.network()));
  }

  private ThreadUse thread(final DirectBuffer buffer, final int offset) {
    final ThreadSampledDecoder use =
        new ThreadSampledDecoder().wrapAndApplyHeader(buffer, offset, header);
    return new ThreadUse(
        use.shard(),
        ThreadUse.Role.of(use.role()),
        use.wallNs(),
        use.cpuNs(),
        use.waitNs(),
        use.slices(),
        use.preemptions());
  }
}
