package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.journal.event.ContentRecordedEncoder;
import io.lockstep.journal.event.RequestAbandonedEncoder;
import io.lockstep.journal.event.RequestCompletedEncoder;
import io.lockstep.journal.event.RequestIssuedEncoder;
import io.lockstep.journal.event.ResponseContentEncoder;
import io.lockstep.scenario.plan.RequestOutcome;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes the requests of VUs, and what comes of them. */
final class RequestPublisher {
  private static final int CONTENT_PREFIX = ContentRecordedEncoder.bytesHeaderLength();
  private static final long MAX_UINT32 = 0xFFFF_FFFEL;

  /** A completion that does not say when its request was handed over, as in version 1. */
  private static final int PLAIN_COMPLETION_LENGTH =
      RequestCompletedEncoder.handedNsEncodingOffset();

  private final EventWriter events;
  private final RequestIssuedEncoder issued = new RequestIssuedEncoder();
  private final RequestCompletedEncoder completed = new RequestCompletedEncoder();
  private final RequestAbandonedEncoder abandoned = new RequestAbandonedEncoder();
  private final ContentRecordedEncoder content = new ContentRecordedEncoder();
  private final ResponseContentEncoder response = new ResponseContentEncoder();
  private long issuedDigest;

  RequestPublisher(final EventWriter events) {
    this.events = events;
  }

  /** Digest of the request that was issued last. */
  long issuedDigest() {
    return issuedDigest;
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
    final int offset =
        events.begin(
            vu,
            RequestIssuedEncoder.BLOCK_LENGTH,
            RequestIssuedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_1);
    issued
        .wrap(events.buffer(), offset)
        .attempt((short) attempt)
        .scenario(scenario)
        .iteration(iteration)
        .intendedNs(intendedNs)
        .requestDigest(requestDigest)
        .request(request)
        .requestSeq(requestSeq);
  }

  /**
   * The VU is given apart, since a completion names the slot of its request. In the form of version
   * 4 where it is known when the request was handed over, and of version 5 over HTTP/2.
   */
  void requestCompleted(final int vu, final Completion completion) {
    final boolean isHanded = completion.handedNs != Completion.NULL_TIME;
    final int offset = beginCompletion(vu, isHanded, completion.protocol == Completion.HTTP_2);
    completed
        .wrap(events.buffer(), offset)
        .outcome((short) completion.outcome.code())
        .status(completion.status)
        .requestSeq(completion.requestSeq)
        .connectNs(Math.min(completion.connectNs, MAX_UINT32))
        .sentNs(completion.sentNs)
        .firstByteNs(completion.firstByteNs)
        .lastByteNs(completion.lastByteNs)
        .bytesSent(completion.bytesSent)
        .bytesReceived(completion.bytesReceived);
    if (completion.protocol == Completion.HTTP_2) {
      completed
          .handedNs(isHanded ? completion.handedNs : RequestCompletedEncoder.handedNsNullValue())
          .protocol((short) completion.protocol)
          .resent((short) completion.resent)
          .reserved15(0)
          .reserved16(0);
    } else if (isHanded) {
      completed.handedNs(completion.handedNs);
    }
  }

  private int beginCompletion(final int vu, final boolean isHanded, final boolean isHttp2) {
    final int handedLength =
        isHanded ? RequestCompletedEncoder.protocolEncodingOffset() : PLAIN_COMPLETION_LENGTH;
    final int handedVersion = isHanded ? EventWriter.VERSION_4 : EventWriter.VERSION_1;
    return events.begin(
        vu,
        isHttp2 ? RequestCompletedEncoder.BLOCK_LENGTH : handedLength,
        RequestCompletedEncoder.TEMPLATE_ID,
        isHttp2 ? EventWriter.VERSION_5 : handedVersion);
  }

  void requestAbandoned(
      final int vu,
      final int scenario,
      final RequestOutcome outcome,
      final int requestSeq,
      final int request) {
    final int offset =
        events.begin(
            vu,
            RequestAbandonedEncoder.BLOCK_LENGTH,
            RequestAbandonedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_1);
    abandoned
        .wrap(events.buffer(), offset)
        .outcome((short) outcome.code())
        .scenario(scenario)
        .requestSeq(requestSeq)
        .request(request);
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
    final int fixed = EventWriter.HEADER + ContentRecordedEncoder.BLOCK_LENGTH + CONTENT_PREFIX;
    final int total = BitUtil.align(fixed + length, Long.BYTES);
    final int body =
        events.beginContent(
            vu,
            total,
            ContentRecordedEncoder.BLOCK_LENGTH,
            ContentRecordedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_2);
    final UnsafeBuffer buffer = events.buffer();
    content
        .wrap(buffer, body)
        .reserved((short) 0)
        .generation(generation)
        .hashHigh(hashHigh)
        .hashLow(hashLow)
        .contentLength(contentLength)
        .partOffset(partOffset)
        .putBytes(from, fromOffset, length);
    buffer.setMemory(body - EventWriter.HEADER + fixed + length, total - fixed - length, (byte) 0);
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
    final int offset =
        events.begin(
            vu,
            ResponseContentEncoder.BLOCK_LENGTH,
            ResponseContentEncoder.TEMPLATE_ID,
            EventWriter.VERSION_2);
    response
        .wrap(events.buffer(), offset)
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
}
