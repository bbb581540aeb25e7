package io.lockstep.journal.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes files that are there whole or not at all, also after a power cut. */
final class AtomicFile {
  private static final int CHUNK = 1 << 18;

  private AtomicFile() {}

  /** What a file gets. */
  @FunctionalInterface
  private interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  static void write(final Path path, final byte[] bytes) throws IOException {
    write(path, channel -> writeAll(channel, ByteBuffer.wrap(bytes)));
  }

  /**
   * Copies a file of any length.
   *
   * @return SHA-256 in hex of what was copied
   */
  static String copy(final Path source, final Path path) throws IOException {
    final MessageDigest sha256 = Sha256.digest();
    write(
        path,
        channel -> {
          final byte[] chunk = new byte[CHUNK];
          try (InputStream in = Files.newInputStream(source)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
              sha256.update(chunk, 0, read);
              writeAll(channel, ByteBuffer.wrap(chunk, 0, read));
            }
          }
        });
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static void writeAll(final FileChannel channel, final ByteBuffer bytes)
      throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static void write(final Path path, final Content content) throws IOException {
    final Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.writeTo(channel);
      channel.force(true);
    } catch (final IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    Files.move(
        temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(path.toAbsolutePath().getParent());
  }

  /** The name itself must reach the disk too, which only some systems let one ask for. */
  private static void syncDirectory(final Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
