package io.lockstep.engine.core.secret;

/**
 * Bytes to look for.
 *
 * @param bytes at least {@link Needles#MIN_BYTES}; not to be changed
 * @param replacement what stands in their place; not to be changed
 * @param secret index in the plan's secrets, {@link #NO_SECRET} for what was made of one
 */
record Needle(byte[] bytes, byte[] replacement, int secret) {
  /** Of what was made of a secret, whose name is not known. */
  static final int NO_SECRET = -1;

  /** Whether it stands at a place. */
  boolean isAt(final byte[] in, final int at, final int to) {
    if (bytes.length > to - at) {
      return false;
    }
    return isBegunAt(in, at, at + bytes.length);
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
