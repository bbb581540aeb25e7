package io.lockstep.engine.transport.http1;

import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestCursor;
import io.lockstep.engine.core.port.RequestSyntax;
import io.lockstep.scenario.plan.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Encodes rendered requests for the wire, as {@link RequestTemplate} does those of the plan: the
 * target's base path before the path, Host first, Content-Length last. Single-threaded.
 */
public final class RequestEncoder {
  private static final byte[] VERSION = Ascii.bytes(" HTTP/1.1\r\nHost: ");
  private static final byte[] CONTENT_LENGTH = Ascii.bytes("Content-Length: ");
  private static final byte[] CLOSE = Ascii.bytes(RequestTemplate.CLOSE);
  private static final byte[] CONNECTION = Ascii.bytes("connection");
  private static final byte[] HEAD = Ascii.bytes("HEAD");
  private static final byte[][] METHODS_THAT_MEAN_A_BODY = {
    Ascii.bytes("POST"), Ascii.bytes("PUT"), Ascii.bytes("PATCH")
  };
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] COLON = {':', ' '};
  private static final int MAX_LENGTH_DIGITS = 19;
  private static final int[] NO_FILES = {};

  private final RequestSyntax syntax = new RequestSyntax();
  private final RequestCursor cursor = new RequestCursor();
  private final byte[] prefix;
  private final byte[] authority;
  private final byte[] fields;
  private final boolean closing;
  private boolean head;
  private boolean persistent;
  private int headBytes;
  private int[] filePositions = NO_FILES;

  /**
   * Encodes for a target.
   *
   * @param closing whether each request tells that its connection carries no other
   */
  public RequestEncoder(final Target target, final boolean closing) {
    this(Addressing.direct(target), closing);
  }

  /** The same for one that is named otherwise. */
  public RequestEncoder(final Addressing target, final boolean closing) {
    this.closing = closing;
    prefix = target.prefix().getBytes(StandardCharsets.UTF_8);
    authority = target.authority().getBytes(StandardCharsets.UTF_8);
    fields = target.fields().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Encodes a request into a new buffer, which is the caller's to release; without the files of its
   * body.
   *
   * @return {@code null} where it is no valid request.
   */
  public ByteBuf encode(final RenderedRequest request) {
    if (!syntax.isValid(request)) {
      return null;
    }
    final int headerMarks = COLON.length + LINE_END.length;
    cursor.wrap(request);
    cursor.nextText();
    cursor.nextText();
    final long most =
        (long) request.length()
            + prefix.length
            + authority.length
            + fields.length
            + VERSION.length
            + CONTENT_LENGTH.length
            + CLOSE.length
            + MAX_LENGTH_DIGITS
            + headerMarks * (cursor.count() + 2L);
    final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(Math.toIntExact(most));
    write(request, out);
    return out;
  }

  /** Whether the response to the last request has a head only. */
  public boolean isHead() {
    return head;
  }

  /** Length of the last request's head, with the empty line at its end. */
  public int headBytes() {
    return headBytes;
  }

  /**
   * How many bytes of the last request's texts come before each of its files; not to be changed.
   */
  public int[] filePositions() {
    return filePositions;
  }

  /** Whether the last request leaves its connection open. */
  public boolean isPersistent() {
    return persistent;
  }

  private void write(final RenderedRequest request, final ByteBuf out) {
    cursor.wrap(request);
    cursor.nextText();
    head = isText(HEAD);
    boolean meansBody = false;
    for (final byte[] method : METHODS_THAT_MEAN_A_BODY) {
      meansBody |= isText(method);
    }
    writeText(out);
    cursor.nextText();
    out.writeByte(' ').writeBytes(prefix);
    writeText(out);
    out.writeBytes(VERSION).writeBytes(authority).writeBytes(LINE_END).writeBytes(fields);
    if (closing) {
      out.writeBytes(CLOSE);
    }
    persistent = !closing;
    final int headers = cursor.count();
    for (int i = 0; i < headers; i++) {
      cursor.nextText();
      persistent &= !isTextIgnoringCase(CONNECTION);
      writeText(out);
      out.writeBytes(COLON);
      cursor.nextText();
      writeText(out);
      out.writeBytes(LINE_END);
    }
    final int bodyLength = cursor.nextText();
    final int bodyOffset = cursor.textOffset();
    final long length = bodyLength + readFiles();
    if (length > 0 || meansBody) {
      out.writeBytes(CONTENT_LENGTH);
      writeNumber(out, length);
      out.writeBytes(LINE_END);
    }
    out.writeBytes(LINE_END);
    headBytes = out.writerIndex();
    write(bodyOffset, bodyLength, out);
  }

  /** Notes where the files of the body come; returns how long they are. */
  private long readFiles() {
    final int files = cursor.files();
    filePositions = files == 0 ? NO_FILES : new int[files];
    long bytes = 0;
    for (int i = 0; i < files; i++) {
      cursor.nextFile();
      filePositions[i] = cursor.filePosition();
      bytes += cursor.fileBytes();
    }
    return bytes;
  }

  private void writeText(final ByteBuf out) {
    write(cursor.textOffset(), cursor.textLength(), out);
  }

  /** Copies bytes of the request without an object per copy. */
  private void write(final int from, final int length, final ByteBuf out) {
    final int at = out.writerIndex();
    cursor.buffer().getBytes(from, out.internalNioBuffer(at, length), length);
    out.writerIndex(at + length);
  }

  private static void writeNumber(final ByteBuf out, final long number) {
    long divisor = 1;
    while (number / divisor >= 10) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      out.writeByte((int) ('0' + number / divisor % 10));
    }
  }

  private boolean isText(final byte[] expected) {
    return matches(expected, false);
  }

  private boolean isTextIgnoringCase(final byte[] lowerCase) {
    return matches(lowerCase, true);
  }

  private boolean matches(final byte[] expected, final boolean ignoringCase) {
    if (cursor.textLength() != expected.length) {
      return false;
    }
    final DirectBuffer buffer = cursor.buffer();
    for (int i = 0; i < expected.length; i++) {
      final byte b = buffer.getByte(cursor.textOffset() + i);
      final int actual = ignoringCase && b >= 'A' && b <= 'Z' ? b + 32 : b;
      if (actual != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
