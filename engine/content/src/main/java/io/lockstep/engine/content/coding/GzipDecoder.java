package io.lockstep.engine.content.coding;

import io.lockstep.engine.core.port.BodyFault;
import java.util.zip.CRC32;

/**
 * {@code gzip} (RFC 1952): one member after the other, each held to its checksum and length. What
 * follows the last member and is none is not looked at, as other clients do.
 */
final class GzipDecoder implements Decoder {
  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final int METHOD = 8;
  private static final int FLAGS = 3;
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  @Override
  public BodyFault decode(final byte[] coded, final int length, final Decoded into) {
    if (!isMember(coded, 0, length)) {
      return length < HEADER && isBeginning(coded, length)
          ? BodyFault.TRUNCATED
          : BodyFault.MALFORMED;
    }
    int at = 0;
    while (isMember(coded, at, length)) {
      final int start = behindHeader(coded, at, length);
      if (start > length) {
        return BodyFault.TRUNCATED;
      }
      final int before = into.end();
      final Inflating.End end = Inflating.inflate(coded, start, length, false, into);
      if (end.fault() != BodyFault.NONE) {
        return end.fault();
      }
      at = end.at() + TRAILER;
      if (at > length) {
        return BodyFault.TRUNCATED;
      }
      if (!isIntact(coded, end.at(), into, before)) {
        return BodyFault.MALFORMED;
      }
    }
    return BodyFault.NONE;
  }

  private static boolean isMember(final byte[] coded, final int at, final int length) {
    return length - at >= HEADER
        && (coded[at] & 0xFF) == 0x1F
        && (coded[at + 1] & 0xFF) == 0x8B
        && coded[at + 2] == METHOD;
  }

  private static boolean isBeginning(final byte[] coded, final int length) {
    return length < 1 || ((coded[0] & 0xFF) == 0x1F && (length < 2 || (coded[1] & 0xFF) == 0x8B));
  }

  /** Where the code of a member starts; beyond the end where its header does not end. */
  private static int behindHeader(final byte[] coded, final int member, final int length) {
    final int flags = coded[member + FLAGS];
    int at = member + HEADER;
    if ((flags & HAS_EXTRA) != 0) {
      if (at + 2 > length) {
        return length + 1;
      }
      at += 2 + (coded[at] & 0xFF) + ((coded[at + 1] & 0xFF) << 8);
    }
    at = (flags & HAS_NAME) == 0 ? at : behindZero(coded, at, length);
    at = (flags & HAS_COMMENT) == 0 ? at : behindZero(coded, at, length);
    return at + ((flags & HAS_CHECKSUM) == 0 ? 0 : 2);
  }

  private static int behindZero(final byte[] coded, final int from, final int length) {
    int at = from;
    while (at < length && coded[at] != 0) {
      at++;
    }
    return at + 1;
  }

  private static boolean isIntact(
      final byte[] coded, final int trailer, final Decoded into, final int from) {
    final CRC32 checksum = new CRC32();
    checksum.update(into.bytes(), from, into.end() - from);
    return littleEndian(coded, trailer) == (int) checksum.getValue()
        && littleEndian(coded, trailer + Integer.BYTES) == into.end() - from;
  }

  private static int littleEndian(final byte[] coded, final int at) {
    return (coded[at] & 0xFF)
        | ((coded[at + 1] & 0xFF) << 8)
        | ((coded[at + 2] & 0xFF) << 16)
        | (coded[at + 3] << 24);
  }
}
