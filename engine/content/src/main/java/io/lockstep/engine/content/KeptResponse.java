package io.lockstep.engine.content;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Content;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A response that a cache keeps: what was captured of it.
 *
 * @param status of it
 * @param flags as in {@link Content}
 * @param bytes that came over the wire
 * @param bodyLength as it came
 * @param head header lines
 * @param body what was captured of it
 */
record KeptResponse(
    int status, int flags, long bytes, long bodyLength, UnsafeBuffer head, UnsafeBuffer body) {
  static KeptResponse of(final Completion completion) {
    final Content content = completion.content;
    final byte[] head = new byte[content.headLength()];
    content.head().getBytes(content.headOffset(), head);
    final byte[] body = new byte[content.hasBody() ? content.keptLength() : 0];
    content.body().getBytes(content.bodyOffset(), body);
    return new KeptResponse(
        completion.status,
        content.flags(),
        completion.bytesReceived,
        content.bodyLength(),
        new UnsafeBuffer(head),
        new UnsafeBuffer(body));
  }

  /** Whether it was captured with its body. */
  boolean hasBody() {
    return (flags & Content.BODY) != 0;
  }

  /** Puts it in the place of what came; times stay. */
  void show(final Completion to) {
    to.status = status;
    to.bytesReceived = bytes;
    to.content.wrap(flags, bodyLength);
    to.content.head(head, 0, head.capacity());
    to.content.body(body, 0, body.capacity());
    to.content.markRecorded();
  }
}
