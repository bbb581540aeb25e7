package io.lockstep.engine.transport.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Frames as a server, or somebody who plays one, might send them, byte by byte. */
public final class Frames {
  public static final int END_STREAM = 1;
  public static final int ACK = 1;
  public static final int END_HEADERS = 4;
  public static final int PADDED = 8;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Nothing yet. */
  public static Frames none() {
    return new Frames();
  }

  /** What a server begins with: settings without any. */
  public static Frames begin() {
    return none().settings();
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  public Frames raw(final byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public Frames raw(final String text) {
    return raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Frames frame(final int type, final int flags, final int stream, final byte... payload) {
    return header(payload.length, type, flags, stream).raw(payload);
  }

  public Frames header(final int length, final int type, final int flags, final int stream) {
    return raw(
        (byte) (length >> 16),
        (byte) (length >> 8),
        (byte) length,
        (byte) type,
        (byte) flags,
        (byte) (stream >> 24),
        (byte) (stream >> 16),
        (byte) (stream >> 8),
        (byte) stream);
  }

  /** Pairs of number and value. */
  public Frames settings(final long... pairs) {
    final Frames payload = none();
    for (int i = 0; i < pairs.length; i += 2) {
      payload.raw((byte) (pairs[i] >> 8), (byte) pairs[i]);
      payload.number(pairs[i + 1]);
    }
    return frame(4, 0, 0, payload.bytes());
  }

  public Frames number(final long value) {
    return raw((byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value);
  }

  public static byte[] numbers(final long... values) {
    final Frames all = none();
    for (final long value : values) {
      all.number(value);
    }
    return all.bytes();
  }

  /** A whole header block; names and values in turn. */
  public Frames headers(final int stream, final boolean isLast, final String... fields) {
    return frame(1, END_HEADERS | (isLast ? END_STREAM : 0), stream, block(fields));
  }

  /** Literal fields that no table is to keep. */
  public static byte[] block(final String... fields) {
    final Frames block = none();
    for (int i = 0; i < fields.length; i += 2) {
      block.raw((byte) 0).text(fields[i]).text(fields[i + 1]);
    }
    return block.bytes();
  }

  private Frames text(final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      raw((byte) bytes.length);
    } else {
      raw((byte) 127);
      int left = bytes.length - 127;
      while (left >= 128) {
        raw((byte) ((left & 127) | 128));
        left >>= 7;
      }
      raw((byte) left);
    }
    return raw(bytes);
  }

  public Frames data(final int stream, final boolean isLast, final String text) {
    return frame(0, isLast ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Frames reset(final int stream, final int code) {
    return frame(3, 0, stream, numbers(code));
  }

  public Frames goAway(final int last, final int code, final String debug) {
    return frame(7, 0, 0, none().number(last).number(code).raw(debug).bytes());
  }

  public Frames window(final int stream, final int more) {
    return frame(8, 0, stream, numbers(more));
  }

  public Frames ping() {
    return frame(6, 0, 0, new byte[8]);
  }
}
