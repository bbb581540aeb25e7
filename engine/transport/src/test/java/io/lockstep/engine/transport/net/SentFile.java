package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.BodyFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/** Files for tests to send. */
final class SentFile {
  private SentFile() {}

  /** Writes so many bytes, no 64 KiB of which are like others; adds where they lie. */
  static BodyFile write(
      final Path directory,
      final String name,
      final int bytes,
      final String after,
      final Map<String, Path> pathByDigest)
      throws IOException {
    final Path path = directory.resolve(name);
    final MessageDigest sha = UploadServer.sha();
    final byte[] block = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(path)) {
      for (int at = 0; at < bytes; at += block.length) {
        for (int i = 0; i < block.length; i++) {
          block[i] = (byte) ((at >>> 16) * 31 + i);
        }
        final int count = Math.min(block.length, bytes - at);
        out.write(block, 0, count);
        sha.update(block, 0, count);
      }
    }
    final String digest = HexFormat.of().formatHex(sha.digest());
    pathByDigest.put(digest, path);
    return new BodyFile(name, digest, bytes, after);
  }
}
