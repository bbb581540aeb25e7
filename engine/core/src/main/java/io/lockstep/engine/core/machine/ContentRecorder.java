package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Content;
import io.lockstep.journal.block.EventCursor;
import io.lockstep.journal.event.ContentRecordedDecoder;
import io.lockstep.journal.event.ResponseContentDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Journals what was kept of responses: each distinct head and body once in a generation of {@link
 * KnownContents}, in parts that fit a block, then the reference of the response to them. Heads and
 * bodies are apart since heads tell the time and so differ where bodies do not.
 *
 * <p>A head is a new one for each second that it tells, so a long run goes through generations even
 * where all bodies are the same; the bodies are then journaled again.
 */
final class ContentRecorder {
  private final RequestPublisher events;
  private final ContentHash head = new ContentHash();
  private final ContentHash body = new ContentHash();
  private final UnsafeBuffer part = new UnsafeBuffer(0, 0);
  private KnownContents known;
  private RecentHashes hashes;

  ContentRecorder(final RequestPublisher events) {
    this.events = events;
  }

  /** Reserves what is needed where the plan keeps anything. */
  void start() {
    known = new KnownContents();
    hashes = new RecentHashes();
  }

  /** Journals the content of a completion, just before that. */
  void record(final int vu, final Completion completion) {
    final Content content = completion.content;
    hashes.of(content.head(), content.headOffset(), content.headLength(), head);
    hashes.of(content.body(), content.bodyOffset(), content.keptLength(), body);
    final int generation = known.generation();
    add(vu, head, content.head(), content.headOffset(), content.headLength());
    add(vu, body, content.body(), content.bodyOffset(), content.keptLength());
    if (known.generation() != generation) {
      // The body has ended the generation that the head is in.
      add(vu, head, content.head(), content.headOffset(), content.headLength());
    }
    events.responseContent(
        vu,
        completion.requestSeq,
        content.flags(),
        content.headLength(),
        content.hasBody() ? content.bodyLength() : 0,
        content.keptLength(),
        head,
        body);
  }

  /** Journals a part that was recorded. */
  void replay(final ContentRecordedDecoder recorded) {
    recorded.wrapBytes(part);
    events.contentRecorded(
        recorded.vu(),
        recorded.generation(),
        recorded.hashHigh(),
        recorded.hashLow(),
        recorded.contentLength(),
        recorded.partOffset(),
        part,
        0,
        part.capacity());
  }

  /** Journals a reference that was recorded. */
  void replay(final ResponseContentDecoder recorded) {
    head.high = recorded.headHashHigh();
    head.low = recorded.headHashLow();
    body.high = recorded.bodyHashHigh();
    body.low = recorded.bodyHashLow();
    events.responseContent(
        recorded.vu(),
        recorded.requestSeq(),
        recorded.flags(),
        recorded.headLength(),
        recorded.bodyLength(),
        recorded.keptLength(),
        head,
        body);
  }

  private void add(
      final int vu,
      final ContentHash hash,
      final DirectBuffer buffer,
      final int offset,
      final int length) {
    if (length == 0 || !known.add(hash, length)) {
      return;
    }
    for (int at = 0; at < length; at += EventCursor.MAX_CONTENT_BYTES) {
      events.contentRecorded(
          vu,
          known.generation(),
          hash.high,
          hash.low,
          length,
          at,
          buffer,
          offset + at,
          Math.min(EventCursor.MAX_CONTENT_BYTES, length - at));
    }
  }
}
