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
  private int filePosition;
  private long fileBytes;

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

  /**
   * Reads the number of files in the body; after the body.
   *
   * @throws IllegalArgumentException as {@link #count}.
   */
  public int files() {
    position += textLength;
    textLength = 0;
    return position == limit ? 0 : number();
  }

  /**
   * Moves to the next file of the body; its digest is then the text.
   *
   * @throws IllegalArgumentException as {@link #count}.
   */
  public void nextFile() {
    position += textLength;
    textLength = 0;
    filePosition = number();
    if (limit - position < Long.BYTES) {
      throw malformed();
    }
    fileBytes = buffer.getLong(position, RenderedRequest.ORDER);
    position += Long.BYTES;
    nextText();
  }

  /** How many bytes of the body's texts come before the file. */
  public int filePosition() {
    return filePosition;
  }

  /** Length of the file. */
  public long fileBytes() {
    return fileBytes;
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
