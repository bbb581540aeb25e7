package io.lockstep.engine.core.port;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A request that was made from templates, as a view of bytes that belong to somebody else, valid
 * during the call that it is given to. Read with a {@link RequestCursor}, written with a {@link
 * RequestRenderer}.
 *
 * <pre>
 *   i32 length of the method   method
 *   i32 length of the path     path and query, without the target's base
 *   i32 number of headers
 *   for each header:
 *     i32 length of the name   name
 *     i32 length of the value  value
 *   i32 length of the body     body: its texts, one after the other
 * where the body has files, else nothing:
 *   i32 number of files
 *   for each file:
 *     i32 how many bytes of the body's texts come before it
 *     i64 length of the file
 *     i32 length of the digest SHA-256 of the file, lower-case hex
 * </pre>
 *
 * Integers are big endian, text is UTF-8. Files are known by their content and are, in their order,
 * those of the request in the plan. This is the form that a request is digested in, so the request
 * digest is that of these bytes.
 */
public final class RenderedRequest {
  /** Byte order of the lengths. */
  public static final ByteOrder ORDER = ByteOrder.BIG_ENDIAN;

  private DirectBuffer buffer;
  private int offset;
  private int length;

  /** Shows bytes. */
  public RenderedRequest wrap(final DirectBuffer bytes, final int from, final int count) {
    buffer = bytes;
    offset = from;
    length = count;
    return this;
  }

  public DirectBuffer buffer() {
    return buffer;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }
}
