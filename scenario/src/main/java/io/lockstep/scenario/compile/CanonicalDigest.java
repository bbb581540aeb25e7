package io.lockstep.scenario.compile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 over values in a form that has one spelling: numbers big endian in 4 or 8 bytes, a
 * floating-point number as the bits of a double, text as its length in UTF-8 bytes and those bytes.
 * Callers write the length of a list before its items, and a code before one of several shapes.
 */
final class CanonicalDigest {
  private final MessageDigest sha;
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  CanonicalDigest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  CanonicalDigest putInt(final int value) {
    number.clear();
    number.putInt(value).flip();
    sha.update(number);
    return this;
  }

  CanonicalDigest putLong(final long value) {
    number.clear();
    number.putLong(value).flip();
    sha.update(number);
    return this;
  }

  CanonicalDigest putDouble(final double value) {
    return putLong(Double.doubleToLongBits(value));
  }

  CanonicalDigest putText(final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putInt(bytes.length);
    sha.update(bytes);
    return this;
  }

  byte[] digest() {
    return sha.digest();
  }
}
