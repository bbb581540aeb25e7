package io.lockstep.engine.transport.certificate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** As much of the distinguished encoding rules, X.690, as a certificate takes. */
final class Der {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OID = 0x06;
  static final int UTF8 = 0x0C;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final int BOOLEAN = 0x01;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int LONG_LENGTH = 0x80;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Der() {}

  /** One value of a tag that holds parts, or bytes of its own. */
  static byte[] of(final int tag, final byte[]... parts) {
    final ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (final byte[] part : parts) {
      content.writeBytes(part);
    }
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    length(content.size(), out);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  static byte[] integer(final byte[] bigEndian) {
    return of(INTEGER, bigEndian);
  }

  static byte[] oid(final int... arcs) {
    final ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(arcs[0] * 40 + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arcs[i] >> shift != 0) {
          content.write(0x80 | (arcs[i] >> shift & 0x7F));
        }
      }
      content.write(arcs[i] & 0x7F);
    }
    return of(OID, content.toByteArray());
  }

  static byte[] text(final String text) {
    return of(UTF8, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(final Instant at) {
    return of(GENERALIZED_TIME, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] isTrue() {
    return of(BOOLEAN, new byte[] {(byte) 0xFF});
  }

  /** Whole bytes as a string of bits. */
  static byte[] bits(final byte[] bytes) {
    return of(BIT_STRING, new byte[] {0}, bytes);
  }

  private static void length(final int length, final ByteArrayOutputStream out) {
    if (length < LONG_LENGTH) {
      out.write(length);
      return;
    }
    final int bytes = length <= 0xFF ? 1 : 2;
    out.write(LONG_LENGTH | bytes);
    if (bytes == 2) {
      out.write(length >> 8);
    }
    out.write(length);
  }
}
