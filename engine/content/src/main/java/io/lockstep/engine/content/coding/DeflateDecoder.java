package io.lockstep.engine.content.coding;

import io.lockstep.engine.core.port.BodyFault;

/** {@code deflate}, which is to have the zlib wrapper (RFC 1950); some targets leave it out. */
final class DeflateDecoder implements Decoder {
  private static final int METHOD = 8;
  private static final int CHECK = 31;

  @Override
  public BodyFault decode(final byte[] coded, final int length, final Decoded into) {
    return Inflating.inflate(coded, 0, length, hasWrapper(coded, length), into).fault();
  }

  private static boolean hasWrapper(final byte[] coded, final int length) {
    return length > 1
        && (coded[0] & 0x0F) == METHOD
        && (((coded[0] & 0xFF) << 8) | (coded[1] & 0xFF)) % CHECK == 0;
  }
}
