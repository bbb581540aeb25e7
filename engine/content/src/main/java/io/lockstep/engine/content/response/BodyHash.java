package io.lockstep.engine.content.response;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of bodies. */
public final class BodyHash {
  private final MessageDigest sha;

  public BodyHash() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Of the body's bytes, in lower-case hex. */
  public String of(final Content content) {
    sha.update(content.bytes(), content.offset(), content.length());
    return HexFormat.of().formatHex(sha.digest());
  }
}
