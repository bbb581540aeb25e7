package io.lockstep.journal.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Digest of all bytes of a shard's files that no block covers: Chronicle's headers, index and
 * table. With it, every bit of a closed journal is under a digest.
 */
final class ContainerDigest {
  private static final int CHUNK = 64 * 1024;

  private final MessageDigest sha256;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

  ContainerDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Of the files in a directory whose blocks are known to be good. */
  static String of(final Path directory) throws IOException {
    final ContainerDigest digest = new ContainerDigest();
    try (QueueFile file = new QueueFile(directory.resolve(QueueFile.NAME))) {
      QueueFile.Kind kind;
      while ((kind = file.advance()) == QueueFile.Kind.DATA || kind == QueueFile.Kind.METADATA) {
        digest.excerpt(file, kind);
      }
      return digest.finish(file, directory);
    }
  }

  /** Takes in what the current excerpt has besides a block. */
  void excerpt(final QueueFile file, final QueueFile.Kind kind) throws IOException {
    chunk.clear().putInt(file.header());
    sha256.update(chunk.flip());
    if (kind == QueueFile.Kind.METADATA) {
      range(file, file.contentPosition(), file.length() + file.padding());
    } else if (file.padding() > 0) {
      range(file, file.contentPosition() + file.length(), file.padding());
    }
  }

  /** Takes in the rest of the file and the table. */
  String finish(final QueueFile file, final Path directory) throws IOException {
    chunk.clear().putLong(file.size());
    sha256.update(chunk.flip());
    range(file, file.position(), file.size() - file.position());
    sha256.update(Files.readAllBytes(directory.resolve(QueueFile.TABLE_NAME)));
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void range(final QueueFile file, final long from, final long length) throws IOException {
    long left = length;
    while (left > 0) {
      chunk.clear().limit((int) Math.min(CHUNK, left));
      final int count = file.read(chunk, from + length - left);
      if (count == 0) {
        return;
      }
      sha256.update(chunk.flip());
      left -= count;
    }
  }
}
