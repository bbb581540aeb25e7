package io.lockstep.engine.core.port;

import io.lockstep.scenario.plan.BodyFile;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts a {@link RenderedRequest} together, in the order of its form, and digests it. A text is
 * written in parts between {@link #beginText} and {@link #endText}. Reused; allocates only where
 * its buffer must grow. Single-threaded.
 */
public final class RequestRenderer {
  /** Most bytes of a request. */
  public static final int MAX_BYTES = 64 << 20;

  private static final int FIRST_BYTES = 1024;
  private static final int NULL_POSITION = -1;
  private static final int SHA_BYTES = 32;

  private final MessageDigest sha = sha();
  private final byte[] digest = new byte[SHA_BYTES];
  private final UnsafeBuffer digestView = new UnsafeBuffer(digest);
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FIRST_BYTES]);
  private final RenderedRequest request = new RenderedRequest();
  private int length;
  private int textStart = NULL_POSITION;

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Begins a request. */
  public RequestRenderer begin() {
    length = 0;
    textStart = NULL_POSITION;
    return this;
  }

  /** Writes the number of headers; after the path. */
  public RequestRenderer headers(final int count) {
    return number(count);
  }

  private RequestRenderer number(final int number) {
    reserve(Integer.BYTES);
    buffer.putInt(length, number, RenderedRequest.ORDER);
    length += Integer.BYTES;
    return this;
  }

  /** Begins the next text. */
  public RequestRenderer beginText() {
    if (textStart != NULL_POSITION) {
      throw new IllegalStateException("a text is begun at byte " + textStart);
    }
    reserve(Integer.BYTES);
    length += Integer.BYTES;
    textStart = length;
    return this;
  }

  /** Appends to the text. */
  public RequestRenderer put(final byte[] utf8) {
    reserve(utf8.length);
    buffer.putBytes(length, utf8);
    length += utf8.length;
    return this;
  }

  /** Appends to the text. */
  public RequestRenderer put(final DirectBuffer from, final int offset, final int count) {
    reserve(count);
    buffer.putBytes(length, from, offset, count);
    length += count;
    return this;
  }

  /** Appends one byte to the text. */
  public RequestRenderer put(final byte value) {
    reserve(1);
    buffer.putByte(length++, value);
    return this;
  }

  /** Appends a number in decimal to the text. */
  public RequestRenderer put(final long number) {
    reserve(20);
    length += buffer.putLongAscii(length, number);
    return this;
  }

  /** Appends text to the text; half of a surrogate pair becomes a question mark, as in Java. */
  public RequestRenderer put(final CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (c < 0x80) {
        put((byte) c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        final int point = Character.toCodePoint(c, text.charAt(++i));
        put((byte) (0xF0 | (point >> 18))).put(continuation(point >> 12));
        put(continuation(point >> 6)).put(continuation(point));
      } else if (Character.isSurrogate(c)) {
        put((byte) '?');
      } else if (c < 0x800) {
        put((byte) (0xC0 | (c >> 6))).put(continuation(c));
      } else {
        put((byte) (0xE0 | (c >> 12))).put(continuation(c >> 6)).put(continuation(c));
      }
    }
    return this;
  }

  private static byte continuation(final int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }

  /** Ends the text. */
  public RequestRenderer endText() {
    buffer.putInt(textStart - Integer.BYTES, length - textStart, RenderedRequest.ORDER);
    textStart = NULL_POSITION;
    return this;
  }

  /** A whole text that is there already. */
  public RequestRenderer text(final byte[] utf8) {
    return beginText().put(utf8).endText();
  }

  /** A whole text. */
  public RequestRenderer text(final CharSequence text) {
    return beginText().put(text).endText();
  }

  /**
   * Writes the files of the body, if there are any; after the body.
   *
   * @param positions how many bytes of the body's texts come before each
   */
  public RequestRenderer files(final List<BodyFile> files, final int[] positions) {
    if (files.isEmpty()) {
      return this;
    }
    number(files.size());
    for (int i = 0; i < files.size(); i++) {
      number(positions[i]);
      reserve(Long.BYTES);
      buffer.putLong(length, files.get(i).bytes(), RenderedRequest.ORDER);
      length += Long.BYTES;
      text(files.get(i).digest());
    }
    return this;
  }

  /** What was put together; the same object each time, valid until the next {@link #begin}. */
  public RenderedRequest request() {
    if (textStart != NULL_POSITION) {
      throw new IllegalStateException("the text begun at byte " + textStart + " is not ended");
    }
    return request.wrap(buffer, 0, length);
  }

  /** The request digest: the first eight bytes, big endian, of the SHA-256 of the request. */
  public long digest() {
    sha.update(buffer.byteArray(), 0, length);
    try {
      sha.digest(digest, 0, SHA_BYTES);
    } catch (final DigestException e) {
      throw new IllegalStateException("a SHA-256 digest fits 32 bytes", e);
    }
    return digestView.getLong(0, RenderedRequest.ORDER);
  }

  private void reserve(final int count) {
    final long needed = (long) length + count;
    if (needed > MAX_BYTES) {
      throw new IllegalStateException(
          "a rendered request of " + needed + " bytes is too large, at most " + MAX_BYTES);
    }
    if (needed > buffer.capacity()) {
      final int doubled = Math.min(MAX_BYTES, buffer.capacity() * 2);
      buffer.wrap(Arrays.copyOf(buffer.byteArray(), Math.max((int) needed, doubled)));
    }
  }
}
