package io.lockstep.engine.core.port;

import io.lockstep.scenario.plan.Capture;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Holds what is kept of one response: head and body in one array that grows and is used again.
 * Single-threaded, but may be handed over.
 */
public final class ContentBuffer {
  private static final int FIRST_BYTES = 2 * 1024;

  private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
  private byte[] bytes = new byte[FIRST_BYTES];
  private int maxBodyBytes;
  private Capture capture = Capture.NONE;
  private int headLength;
  private int length;
  private long bodyLength;
  private boolean isCut;

  /** Begins a response of which so much is to be kept. */
  public void begin(final Capture newCapture, final int newMaxBodyBytes) {
    capture = newCapture;
    maxBodyBytes = newMaxBodyBytes;
    headLength = 0;
    length = 0;
    bodyLength = 0;
    isCut = false;
  }

  /** Whether the body is to be kept. */
  public boolean wantsBody() {
    return capture == Capture.BODY;
  }

  /** Bytes that the array has. */
  public int capacity() {
    return bytes.length;
  }

  /** Bytes in it. */
  public int length() {
    return length;
  }

  /**
   * Takes a header field; not after a part of the body. The continuation of a field joins it, with
   * a blank for the fold, so that readers know of none (RFC 9112, section 5.2).
   */
  public void addField(final byte[] line, final int from, final int to) {
    int start = from;
    if (headLength > 0 && start < to && isBlank(line[start])) {
      while (start < to && isBlank(line[start])) {
        start++;
      }
      length -= 2;
      bytes[length++] = ' ';
    }
    final int count = to - start;
    reserve(count + 2);
    System.arraycopy(line, start, bytes, length, count);
    bytes[length + count] = '\r';
    bytes[length + count + 1] = '\n';
    length += count + 2;
    headLength = length;
  }

  /** Takes a whole head; not after a part of the body. */
  public void addHead(final DirectBuffer from, final int offset, final int count) {
    reserve(count);
    from.getBytes(offset, bytes, length, count);
    length += count;
    headLength = length;
  }

  /**
   * Counts a part of the body and makes room for what is to be kept of it.
   *
   * @return how many of its bytes the caller must put into {@link #bytes()} at {@link
   *     #bodyPosition()} minus that number.
   */
  public int claimBody(final int count) {
    bodyLength += count;
    if (!wantsBody()) {
      return 0;
    }
    final int kept = Math.min(count, maxBodyBytes - (length - headLength));
    isCut |= kept < count;
    reserve(kept);
    length += kept;
    return kept;
  }

  /** Behind the last byte. */
  public int bodyPosition() {
    return length;
  }

  /** The array, until more is added. */
  public byte[] bytes() {
    return bytes;
  }

  /** Takes a part of the body. */
  public void addBody(final DirectBuffer from, final int offset, final int count) {
    final int kept = claimBody(count);
    from.getBytes(offset, bytes, length - kept, kept);
  }

  /** Becomes a copy of a content. */
  public void copy(final Content content) {
    begin(content.hasBody() ? Capture.BODY : Capture.HEADERS, content.keptLength());
    addHead(content.head(), content.headOffset(), content.headLength());
    addBody(content.body(), content.bodyOffset(), content.keptLength());
    bodyLength = content.bodyLength();
    isCut = content.isTruncated();
  }

  /** Shows what is in here. */
  public void show(final Content content) {
    final int keptLength = length - headLength;
    int flags = Content.HEAD;
    if (wantsBody()) {
      flags |= Content.BODY | (isCut ? Content.TRUNCATED : 0);
    }
    view.wrap(bytes, 0, length);
    content.wrap(flags, bodyLength);
    content.head(view, 0, headLength);
    content.body(view, headLength, keptLength);
  }

  private static boolean isBlank(final byte b) {
    return b == ' ' || b == '\t';
  }

  private void reserve(final int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
  }
}
