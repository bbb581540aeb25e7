package io.lockstep.journal.run;

import io.lockstep.journal.block.ShardSeal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Digests of files and of whole journals. */
public final class Sha256 {
  private static final int CHUNK = 1 << 16;

  private Sha256() {}

  /** Of bytes, lower-case hexadecimal. */
  public static String hex(final byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** Of a file, which may be larger than memory. */
  public static String hex(final Path file) throws IOException {
    final MessageDigest sha256 = digest();
    final byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        sha256.update(chunk, 0, read);
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** The journal digest of a run: over the chain digests of its shards, in order. */
  public static String journalDigest(final List<ShardSeal> journals) {
    return chainsDigest(journals.stream().map(ShardSeal::chainDigest).toList());
  }

  /** The same from the chain digests themselves. */
  public static String chainsDigest(final List<String> chainDigests) {
    final MessageDigest sha256 = digest();
    for (final String chain : chainDigests) {
      sha256.update(HexFormat.of().parseHex(chain));
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
