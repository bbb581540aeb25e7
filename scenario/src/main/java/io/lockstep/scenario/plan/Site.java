package io.lockstep.scenario.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Keys of random streams. A key depends on the name of the place in the plan that draws and on
 * nothing else, so that a new step, request or scenario shifts no other draw.
 */
public final class Site {
  private Site() {}

  /** The key of a path of names, such as {@code ("scenario", "browse", "think")}. */
  public static long of(final String... path) {
    try {
      final MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (final String name : path) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        sha.update(bytes);
      }
      return ByteBuffer.wrap(sha.digest()).getLong(0);
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
