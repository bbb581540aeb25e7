package io.lockstep.engine.content.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The hash functions of RFC 7616, section 3.2, the best one last. */
enum DigestAlgorithm {
  MD5("MD5"),
  SHA_256("SHA-256"),
  SHA_512_256("SHA-512/256");

  private final String javaName;

  DigestAlgorithm(final String javaName) {
    this.javaName = javaName;
  }

  /** That of a name without {@code -sess}, as a challenge has it; empty for one that is unknown. */
  static Optional<DigestAlgorithm> named(final String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "MD5" -> Optional.of(MD5);
      case "SHA-256" -> Optional.of(SHA_256);
      case "SHA-512-256" -> Optional.of(SHA_512_256);
      default -> Optional.empty();
    };
  }

  /** The hash of a text in UTF-8, in lower-case hex. */
  String hash(final String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The hash in lower-case hex. */
  String hash(final byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(javaName).digest(bytes));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK has " + javaName, e);
    }
  }
}
