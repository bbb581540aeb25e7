package io.lockstep.engine.core.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The name of a content: the first 16 bytes of its SHA-256, never both halves 0. Reused,
 * single-threaded, allocates nothing for bytes in an array.
 */
public final class ContentHash {
  private static final int SHA_BYTES = 32;

  private final MessageDigest sha;
  private final byte[] digest = new byte[SHA_BYTES];
  private final UnsafeBuffer view = new UnsafeBuffer(digest);

  /** The first eight bytes, big endian. */
  long high;

  /** The next eight. */
  long low;

  public ContentHash() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Becomes the hash of some bytes; without a byte both halves are 0. */
  public void of(final DirectBuffer buffer, final int offset, final int length) {
    if (length == 0) {
      high = 0;
      low = 0;
      return;
    }
    update(buffer, offset, length);
    try {
      sha.digest(digest, 0, SHA_BYTES);
    } catch (final DigestException e) {
      throw new IllegalStateException("a SHA-256 digest fits 32 bytes", e);
    }
    high = view.getLong(0, ByteOrder.BIG_ENDIAN);
    low = view.getLong(Long.BYTES, ByteOrder.BIG_ENDIAN);
    if (high == 0 && low == 0) {
      low = 1;
    }
  }

  private void update(final DirectBuffer buffer, final int offset, final int length) {
    if (buffer.byteArray() != null) {
      sha.update(buffer.byteArray(), buffer.wrapAdjustment() + offset, length);
    } else {
      final ByteBuffer bytes = buffer.byteBuffer().duplicate();
      final int from = buffer.wrapAdjustment() + offset;
      bytes.limit(from + length).position(from);
      sha.update(bytes);
    }
  }

  /** The first half. */
  public long high() {
    return high;
  }

  /** The second half. */
  public long low() {
    return low;
  }
}
