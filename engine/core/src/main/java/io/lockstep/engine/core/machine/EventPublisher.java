package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.event.ArrivalDroppedEncoder;
import io.lockstep.journal.event.CapacitySteppedEncoder;
import io.lockstep.journal.event.ContentRecordedEncoder;
import io.lockstep.journal.event.FlowNotedEncoder;
import io.lockstep.journal.event.GroupEndedEncoder;
import io.lockstep.journal.event.IterationEndedEncoder;
import io.lockstep.journal.event.MessageHeaderEncoder;
import io.lockstep.journal.event.OperatorCommandedEncoder;
import io.lockstep.journal.event.RequestAbandonedEncoder;
import io.lockstep.journal.event.RequestCompletedEncoder;
import io.lockstep.journal.event.RequestIssuedEncoder;
import io.lockstep.journal.event.ResourcesSampledEncoder;
import io.lockstep.journal.event.ResponseContentEncoder;
import io.lockstep.journal.event.RunEndedEncoder;
import io.lockstep.journal.event.RunStartedEncoder;
import io.lockstep.journal.event.TestStoppedEncoder;
import io.lockstep.journal.event.ThresholdFailedEncoder;
import io.lockstep.journal.event.VuTransitionEncoder;
import io.lockstep.scenario.plan.RequestOutcome;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes events in place and numbers them: sequence counts from 0 in each tick. Every event says
 * where it stands in the total order (tick, phase, sequence).
 */
final class EventPublisher {
  /** The VU of an event that belongs to none. */
  static final int NO_VU = -1;

  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
  private static final int CONTENT_PREFIX = ContentRecordedEncoder.bytesHeaderLength();

  /**
   * An event carries the version of the schema that gave it its present form, so that what an older
   * engine wrote is what this one writes.
   */
  private static final int VERSION_1 = 1;

  private static final int VERSION_2 = 2;

  /** A command without an argument, as in version 1. */
  private static final int PLAIN_COMMAND_LENGTH = OperatorCommandedEncoder.argumentEncodingOffset();

  private static final long MAX_UINT32 = 0xFFFF_FFFEL;

  private final BlockWriter journal;
  private final VuTransitionEncoder transition = new VuTransitionEncoder();
  private final RequestIssuedEncoder issued = new RequestIssuedEncoder();
  private final RequestCompletedEncoder completed = new RequestCompletedEncoder();
  private final RequestAbandonedEncoder abandoned = new RequestAbandonedEncoder();
  private final ArrivalDroppedEncoder dropped = new ArrivalDroppedEncoder();
  private final IterationEndedEncoder iterationEnded = new IterationEndedEncoder();
  private final GroupEndedEncoder groupEnded = new GroupEndedEncoder();
  private final TestStoppedEncoder testStopped = new TestStoppedEncoder();
  private final OperatorCommandedEncoder commanded = new OperatorCommandedEncoder();
  private final ResourcesSampledEncoder resources = new ResourcesSampledEncoder();
  private final ContentRecordedEncoder content = new ContentRecordedEncoder();
  private final ResponseContentEncoder response = new ResponseContentEncoder();
  private final FlowNotedEncoder noted = new FlowNotedEncoder();
  private long tick;
  private short phase;
  private long sequence;
  long issuedDigest; // of the request that was issued last

  EventPublisher(final BlockWriter journal) {
    this.journal = journal;
  }

  /** Where the events that follow stand. */
  void at(final long newTick, final Phase newPhase) {
    if (newTick != tick) {
      tick = newTick;
      sequence = 0;
    }
    phase = (short) newPhase.code();
  }

  long tick() {
    return tick;
  }

  short phase() {
    return phase;
  }

  /** The number of the event that is being written. */
  long takeSequence() {
    return sequence++;
  }

  UnsafeBuffer buffer() {
    return journal.buffer();
  }

  void runStarted(
      final TransportKind kind,
      final int shard,
      final int shards,
      final int vus,
      final long seed,
      final long tickNs,
      final String planDigest) {
    final int offset = claim(RunStartedEncoder.BLOCK_LENGTH, RunStartedEncoder.TEMPLATE_ID);
    new RunStartedEncoder()
        .wrap(journal.buffer(), offset)
        .vu(NO_VU)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .transport((short) kind.code())
        .shard(shard)
        .seed(seed)
        .tickNs(tickNs)
        .shards(shards)
        .vus(vus)
        .putPlanDigest(
            HexFormat.of().parseHex(planDigest), 0, RunStartedEncoder.planDigestLength());
  }

  void runEnded(
      final RunOutcome outcome,
      final int shard,
      final GenerationDigest digest,
      final long endedNs) {
    final int offset = claim(RunEndedEncoder.BLOCK_LENGTH, RunEndedEncoder.TEMPLATE_ID);
    new RunEndedEncoder()
        .wrap(journal.buffer(), offset)
        .vu(NO_VU)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .outcome((short) outcome.code())
        .shard(shard)
        .generationLow(digest.low())
        .generationHigh(digest.high())
        .iterations(digest.iterations())
        .endedNs(endedNs);
  }

  void transition(final int vu, final int from, final int to) {
    final int offset = claim(VuTransitionEncoder.BLOCK_LENGTH, VuTransitionEncoder.TEMPLATE_ID);
    transition
        .wrap(journal.buffer(), offset)
        .vu(vu)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .fromState((short) from)
        .toState((short) to)
        .reserved((short) 0);
  }

  void requestIssued(
      final int vu,
      final int scenario,
      final long iteration,
      final long intendedNs,
      final long requestDigest,
      final int request,
      final int requestSeq,
      final int attempt) {
    issuedDigest = requestDigest;
    final int offset = claim(RequestIssuedEncoder.BLOCK_LENGTH, RequestIssuedEncoder.TEMPLATE_ID);
    issued
        .wrap(journal.buffer(), offset)
        .vu(vu)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .attempt((short) attempt)
        .scenario(scenario)
        .iteration(iteration)
        .intendedNs(intendedNs)
        .requestDigest(requestDigest)
        .request(request)
        .requestSeq(requestSeq);
  }

  /** The VU is given apart, since a completion names the slot of its request. */
  void requestCompleted(final int vu, final Completion completion) {
    final int offset =
        claim(RequestCompletedEncoder.BLOCK_LENGTH, RequestCompletedEncoder.TEMPLATE_ID);
    completed
        .wrap(journal.buffer(), offset)
        .vu(vu)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .outcome((short) completion.outcome.code())
        .status(completion.status)
        .requestSeq(completion.requestSeq)
        .connectNs(Math.min(completion.connectNs, MAX_UINT32))
        .sentNs(completion.sentNs)
        .firstByteNs(completion.firstByteNs)
        .lastByteNs(completion.lastByteNs)
        .bytesSent(completion.bytesSent)
        .bytesReceived(completion.bytesReceived);
  }

  /** A part of a content; the same whether it comes from a response or from a recording. */
  void contentRecorded(
      final int vu,
      final int generation,
      final long hashHigh,
      final long hashLow,
      final int contentLength,
      final int partOffset,
      final DirectBuffer from,
      final int fromOffset,
      final int length) {
    final int fixed = HEADER + ContentRecordedEncoder.BLOCK_LENGTH + CONTENT_PREFIX;
    final int total = BitUtil.align(fixed + length, Long.BYTES);
    final int start = journal.claimContent(total);
    header(
        start, ContentRecordedEncoder.BLOCK_LENGTH, ContentRecordedEncoder.TEMPLATE_ID, VERSION_2);
    final UnsafeBuffer buffer = journal.buffer();
    content
        .wrap(buffer, start + HEADER)
        .vu(vu)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .reserved((short) 0)
        .generation(generation)
        .hashHigh(hashHigh)
        .hashLow(hashLow)
        .contentLength(contentLength)
        .partOffset(partOffset)
        .putBytes(from, fromOffset, length);
    buffer.setMemory(start + fixed + length, total - fixed - length, (byte) 0);
  }

  /** What was kept of the response that ends next. */
  void responseContent(
      final int vu,
      final int requestSeq,
      final int flags,
      final int headLength,
      final long bodyLength,
      final int keptLength,
      final ContentHash head,
      final ContentHash body) {
    final int start = journal.claim(HEADER + ResponseContentEncoder.BLOCK_LENGTH);
    header(
        start, ResponseContentEncoder.BLOCK_LENGTH, ResponseContentEncoder.TEMPLATE_ID, VERSION_2);
    response
        .wrap(journal.buffer(), start + HEADER)
        .vu(vu)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .flags((short) flags)
        .reserved(0)
        .requestSeq(requestSeq)
        .headLength(headLength)
        .bodyLength(bodyLength)
        .keptLength(keptLength)
        .reserved2(0)
        .headHashHigh(head.high)
        .headHashLow(head.low)
        .bodyHashHigh(body.high)
        .bodyHashLow(body.low);
  }

  void requestAbandoned(
      final int vu,
      final int scenario,
      final RequestOutcome outcome,
      final int requestSeq,
      final int request) {
    final int offset =
        claim(RequestAbandonedEncoder.BLOCK_LENGTH, RequestAbandonedEncoder.TEMPLATE_ID);
    abandoned
        .wrap(journal.buffer(), offset)
        .vu(vu)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .outcome((short) outcome.code())
        .scenario(scenario)
        .requestSeq(requestSeq)
        .request(request);
  }

  void arrivalDropped(final int scenario, final long arrival) {
    final int offset = claim(ArrivalDroppedEncoder.BLOCK_LENGTH, ArrivalDroppedEncoder.TEMPLATE_ID);
    dropped
        .wrap(journal.buffer(), offset)
        .vu(NO_VU)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .reserved((short) 0)
        .scenario(scenario)
        .arrival(arrival);
  }

  void iterationEnded(
      final int vu,
      final int scenario,
      final IterationOutcome outcome,
      final long iteration,
      final long startedNs,
      final long endedNs) {
    final int offset = claim(IterationEndedEncoder.BLOCK_LENGTH, IterationEndedEncoder.TEMPLATE_ID);
    iterationEnded
        .wrap(journal.buffer(), offset)
        .vu(vu)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .outcome((short) outcome.code())
        .scenario(scenario)
        .iteration(iteration)
        .startedNs(startedNs)
        .endedNs(endedNs);
  }

  void groupEnded(
      final int vu,
      final int scenario,
      final IterationOutcome outcome,
      final long iteration,
      final long startedNs,
      final long endedNs,
      final int group) {
    final int offset =
        claim(GroupEndedEncoder.BLOCK_LENGTH, GroupEndedEncoder.TEMPLATE_ID, VERSION_2);
    groupEnded
        .wrap(journal.buffer(), offset)
        .vu(vu)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .outcome((short) outcome.code())
        .scenario(scenario)
        .iteration(iteration)
        .startedNs(startedNs)
        .endedNs(endedNs)
        .group(group)
        .reserved(0);
  }

  void testStopped(final int vu, final int scenario, final long iteration) {
    final int offset =
        claim(TestStoppedEncoder.BLOCK_LENGTH, TestStoppedEncoder.TEMPLATE_ID, VERSION_2);
    testStopped
        .wrap(journal.buffer(), offset)
        .vu(vu)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .reserved((short) 0)
        .scenario(scenario)
        .iteration(iteration);
  }

  /**
   * @param text in UTF-8, short enough for the event
   */
  void flowNoted(
      final int vu,
      final int scenario,
      final long iteration,
      final NoteKind kind,
      final byte[] text,
      final int length) {
    final int offset =
        claim(FlowNotedEncoder.BLOCK_LENGTH, FlowNotedEncoder.TEMPLATE_ID, VERSION_2);
    noted
        .wrap(journal.buffer(), offset)
        .vu(vu)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .kind((short) kind.code())
        .scenario(scenario)
        .iteration(iteration)
        .putText(text, 0, length);
    final int written = FlowNotedEncoder.textEncodingOffset() + length;
    journal.buffer().setMemory(offset + written, FlowNotedEncoder.BLOCK_LENGTH - written, (byte) 0);
  }

  void operatorCommanded(final OperatorCommand command, final long atNs) {
    final int offset = claim(PLAIN_COMMAND_LENGTH, OperatorCommandedEncoder.TEMPLATE_ID);
    commanded
        .wrap(journal.buffer(), offset)
        .vu(NO_VU)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .command((short) command.code())
        .scenario(0)
        .atNs(atNs);
  }

  /** As long as a command that has an argument: version 2 of the event. */
  void operatorCommanded(
      final OperatorCommand command, final int scenario, final long argument, final long atNs) {
    final int offset =
        claim(
            OperatorCommandedEncoder.BLOCK_LENGTH, OperatorCommandedEncoder.TEMPLATE_ID, VERSION_2);
    commanded
        .wrap(journal.buffer(), offset)
        .vu(NO_VU)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .command((short) command.code())
        .scenario(scenario)
        .atNs(atNs)
        .argument(argument);
  }

  void capacityStepped(final CapacityStep step) {
    final int offset =
        claim(CapacitySteppedEncoder.BLOCK_LENGTH, CapacitySteppedEncoder.TEMPLATE_ID, VERSION_2);
    new CapacitySteppedEncoder()
        .wrap(journal.buffer(), offset)
        .vu(NO_VU)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .verdict((short) step.verdict().code())
        .scenario(step.scenario())
        .rate(step.rate())
        .responses(step.responses())
        .slow(step.slow())
        .requests(step.requests())
        .errors(step.errors())
        .dropped(step.dropped());
  }

  void resourcesSampled(final Resources sample) {
    final int offset =
        claim(ResourcesSampledEncoder.BLOCK_LENGTH, ResourcesSampledEncoder.TEMPLATE_ID);
    resources
        .wrap(journal.buffer(), offset)
        .vu(NO_VU)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .reserved((short) 0)
        .cores(sample.cores())
        .wallNs(sample.wallNs())
        .processCpuNs(sample.processCpuNs())
        .engineCpuNs(sample.engineCpuNs())
        .gcCount(sample.gcCount())
        .gcNs(sample.gcNs())
        .journalStallNs(sample.journalStallNs())
        .queueStallNs(sample.queueStallNs())
        .maxCycleNs(sample.maxCycleNs())
        .busiestCpuNs(sample.busiestCpuNs());
  }

  /** Rare: it ends the run. */
  void thresholdFailed(final int threshold, final long atNs) {
    final int offset =
        claim(ThresholdFailedEncoder.BLOCK_LENGTH, ThresholdFailedEncoder.TEMPLATE_ID);
    new ThresholdFailedEncoder()
        .wrap(journal.buffer(), offset)
        .vu(NO_VU)
        .tick(tick)
        .sequence(sequence++)
        .phase(phase)
        .reserved((short) 0)
        .threshold(threshold)
        .atNs(atNs);
  }

  /** Space for an event, its header written; the offset of its body. */
  private int claim(final int blockLength, final int templateId) {
    return claim(blockLength, templateId, VERSION_1);
  }

  int claim(final int blockLength, final int templateId, final int version) {
    final int offset = journal.claim(HEADER + blockLength);
    header(offset, blockLength, templateId, version);
    return offset + HEADER;
  }

  /** The version is the one since which this kind of event has not changed. */
  private void header(
      final int offset, final int blockLength, final int templateId, final int version) {
    final int header =
        blockLength | templateId << 8 | VuTransitionEncoder.SCHEMA_ID << 16 | version << 24;
    journal.buffer().putInt(offset, header, ByteOrder.LITTLE_ENDIAN);
  }
}
