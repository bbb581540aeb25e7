package io.lockstep.engine.core.port;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What was kept of a response: a view of bytes that belong to somebody else. The head is the header
 * fields of the final response as they came, one line after the other, each with CRLF at its end,
 * without status line, empty line or trailers. The body is without its framing (chunks are joined),
 * but still in its content coding.
 *
 * <p>Both are kept only of a complete response. What was not kept has no bytes.
 */
public final class Content {
  /** Flag: the head was kept. */
  public static final int HEAD = 1;

  /** Flag: the body was kept, whole or cut. */
  public static final int BODY = 2;

  /** Flag: the body is longer than what was kept of it. */
  public static final int TRUNCATED = 4;

  private static final DirectBuffer EMPTY = new UnsafeBuffer(new byte[0]);

  private int flags;
  private boolean recorded;
  private DirectBuffer head = EMPTY;
  private int headOffset;
  private int headLength;
  private DirectBuffer body = EMPTY;
  private int bodyOffset;
  private int keptLength;
  private long bodyLength;

  /** Nothing is kept. */
  public void clear() {
    flags = 0;
  }

  /**
   * Shows bytes.
   *
   * @param newFlags {@link #HEAD} or both {@link #HEAD} and {@link #BODY}, and {@link #TRUNCATED}
   * @param newBodyLength of the body as it came
   */
  public void wrap(final int newFlags, final long newBodyLength) {
    flags = newFlags;
    recorded = false;
    bodyLength = newBodyLength;
    headLength = 0;
    keptLength = 0;
  }

  /** Shows these bytes as the head; after {@link #wrap}. */
  public void head(final DirectBuffer buffer, final int offset, final int length) {
    head = buffer;
    headOffset = offset;
    headLength = length;
  }

  /** Shows these bytes as the body; after {@link #wrap}. */
  public void body(final DirectBuffer buffer, final int offset, final int length) {
    body = buffer;
    bodyOffset = offset;
    keptLength = length;
  }

  /** Says that the journal has these bytes already. */
  public void markRecorded() {
    recorded = true;
  }

  /** Whether the journal has these bytes already, as in a replay. */
  public boolean isRecorded() {
    return recorded;
  }

  /** Whether anything was kept. */
  public boolean isCaptured() {
    return flags != 0;
  }

  /** The flags of this class. */
  public int flags() {
    return flags;
  }

  public boolean hasHead() {
    return (flags & HEAD) != 0;
  }

  public boolean hasBody() {
    return (flags & BODY) != 0;
  }

  /** Whether the body is longer than what was kept of it. */
  public boolean isTruncated() {
    return (flags & TRUNCATED) != 0;
  }

  /** Holds the head at {@link #headOffset()}. */
  public DirectBuffer head() {
    return head;
  }

  public int headOffset() {
    return headOffset;
  }

  /** Bytes of the head; 0 unless {@link #hasHead()}. */
  public int headLength() {
    return headLength;
  }

  /** Holds what was kept of the body at {@link #bodyOffset()}. */
  public DirectBuffer body() {
    return body;
  }

  public int bodyOffset() {
    return bodyOffset;
  }

  /** Bytes kept of the body; 0 unless {@link #hasBody()}. */
  public int keptLength() {
    return keptLength;
  }

  /** Bytes of the body as it came; meaningful only where {@link #hasBody()}. */
  public long bodyLength() {
    return bodyLength;
  }
}
