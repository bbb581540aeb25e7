package io.lockstep.engine.core.secret;

/** Bytes to look for, and what stands in their place. */
final class Needle {
  /** Of what was made of a secret, whose name is not known. */
  static final int NO_SECRET = -1;

  private final byte[] bytes;
  private final byte[] replacement;
  private final int secret;

  /**
   * @param bytes to look for; not to be changed
   * @param replacement not to be changed
   * @param secret index in the plan's secrets, or {@link #NO_SECRET}
   */
  Needle(final byte[] bytes, final byte[] replacement, final int secret) {
    this.bytes = bytes;
    this.replacement = replacement;
    this.secret = secret;
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Not to be changed. */
  byte[] replacement() {
    return replacement;
  }

  int secret() {
    return secret;
  }

  /** Whether it stands at a place. */
  boolean isAt(final byte[] in, final int at, final int to) {
    if (bytes.length > to - at) {
      return false;
    }
    return isBegunAt(in, at, at + bytes.length);
  }

  /** The first of some places from which on all bytes to an end are its first; else their end. */
  int cutFrom(final byte[] in, final int from, final int before, final int to) {
    for (int at = Math.max(from, to - bytes.length + 1); at < before; at++) {
      if (isBegunAt(in, at, to)) {
        return at;
      }
    }
    return before;
  }

  /** Whether all bytes from a place to an end are its first ones. */
  boolean isBegunAt(final byte[] in, final int at, final int to) {
    for (int i = at; i < to; i++) {
      if (in[i] != bytes[i - at]) {
        return false;
      }
    }
    return true;
  }
}
