package io.lockstep.replay.inspect;

import io.lockstep.engine.core.port.Content;
import io.lockstep.journal.event.ChecksEvaluatedDecoder;
import io.lockstep.journal.event.ContentRecordedDecoder;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.RequestCompletedDecoder;
import io.lockstep.journal.event.ResponseContentDecoder;
import io.lockstep.replay.event.EventKind;
import io.lockstep.replay.event.EventView;
import io.lockstep.replay.shard.RecordedContents;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What was kept of the last response of each VU of a shard, joined from the journal's contents.
 * Holds 76 bytes per VU, and the contents of the recorder's present generation.
 */
final class FailedResponses {
  private static final int NO_REQUEST = -1;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final RequestCompletedDecoder completed = new RequestCompletedDecoder();
  private final ChecksEvaluatedDecoder checks = new ChecksEvaluatedDecoder();
  private final ContentRecordedDecoder recorded = new ContentRecordedDecoder();
  private final ResponseContentDecoder reference = new ResponseContentDecoder();
  private final RecordedContents contents = new RecordedContents();
  private final Map<Integer, UnsafeBuffer> referenceByVu = new HashMap<>();
  private final Content content = new Content();
  private boolean damaged;

  /** Takes an event in, before it is shown. */
  void before(final EventView event) {
    if (damaged) {
      return;
    }
    if (event.templateId() == ContentRecordedDecoder.TEMPLATE_ID) {
      try {
        contents.add(recorded.wrapAndApplyHeader(event.buffer(), event.offset(), header));
      } catch (final IllegalStateException e) {
        damaged = true; // that is for a replay to say; the events can be shown all the same
      }
    } else if (event.templateId() == ResponseContentDecoder.TEMPLATE_ID) {
      final UnsafeBuffer copy = new UnsafeBuffer(new byte[event.length()]);
      copy.putBytes(0, event.buffer(), event.offset(), event.length());
      referenceByVu.put(event.vu(), copy);
    }
  }

  /**
   * What came for the request that an event tells the failure of, once.
   *
   * @return {@code null} where nothing was kept; else valid until the next event
   */
  Content take(final EventView event) {
    final int requestSeq = requestSeq(event);
    final UnsafeBuffer copy = requestSeq == NO_REQUEST ? null : referenceByVu.get(event.vu());
    if (damaged
        || copy == null
        || reference.wrapAndApplyHeader(copy, 0, header).requestSeq() != requestSeq) {
      return null;
    }
    referenceByVu.remove(event.vu());
    try {
      contents.show(reference, content);
      return content;
    } catch (final IllegalStateException e) {
      return null; // of an earlier generation
    }
  }

  private int requestSeq(final EventView event) {
    final EventKind kind = EventKind.of(event.templateId());
    if (kind == EventKind.REQUEST_COMPLETED) {
      return completed.wrapAndApplyHeader(event.buffer(), event.offset(), header).requestSeq();
    }
    return kind == EventKind.CHECKS_EVALUATED
        ? checks.wrapAndApplyHeader(event.buffer(), event.offset(), header).requestSeq()
        : NO_REQUEST;
  }
}
