package io.lockstep.engine.core.port;

import org.agrona.DirectBuffer;

/**
 * Reads a {@link RenderedRequest} from its start to its end: one text after the other, and the
 * number of headers between path and first name. Reused; allocates nothing.
 */
public final class RequestCursor {
  private DirectBuffer buffer;
  private int position;
  private int limit;
  private int textLength;

  /** Begins at the method's length. */
  public RequestCursor wrap(final RenderedRequest request) {
    buffer = request.buffer();
    position = request.offset();
    limit = request.offset() + request.length();
    textLength = 0;
    return this;
  }

  /**
   * Reads the number of headers; after the path.
   *
   * @throws IllegalArgumentException if the bytes are not in the form of a rendered request.
   */
  public int count() {
    position += textLength;
    textLength = 0;
    return number();
  }

  /**
   * Moves to the next text.
   *
   * @return its length.
   * @throws IllegalArgumentException as {@link #count}.
   */
  public int nextText() {
    position += textLength;
    textLength = 0;
    final int length = number();
    if (length > limit - position) {
      throw malformed();
    }
    textLength = length;
    return length;
  }

  /** The bytes that the text lies in. */
  public DirectBuffer buffer() {
    return buffer;
  }

  /** Where the text begins. */
  public int textOffset() {
    return position;
  }

  /** Bytes of the text. */
  public int textLength() {
    return textLength;
  }

  private int number() {
    if (limit - position < Integer.BYTES) {
      throw malformed();
    }
    final int number = buffer.getInt(position, RenderedRequest.ORDER);
    if (number < 0) {
      throw malformed();
    }
    position += Integer.BYTES;
    return number;
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("no rendered request, at byte " + position);
  }
}
