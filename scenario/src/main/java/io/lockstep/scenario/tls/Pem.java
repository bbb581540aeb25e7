package io.lockstep.scenario.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The textual form of certificates and keys, RFC 7468; text around the blocks is skipped. */
final class Pem {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

  private Pem() {}

  /** A block: what its first line calls it, and its content. */
  static final class Block {
    private final String type;
    private final boolean legacyEncrypted;
    private final byte[] bytes;

    Block(final String type, final boolean legacyEncrypted, final byte[] bytes) {
      this.type = type;
      this.legacyEncrypted = legacyEncrypted;
      this.bytes = bytes;
    }

    String type() {
      return type;
    }

    /** Whether it is encrypted in OpenSSL's own old form, RFC 1421; its bytes are empty then. */
    boolean isLegacyEncrypted() {
      return legacyEncrypted;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /**
   * All blocks of a file.
   *
   * @throws TlsFileException if one of them has no end or is not Base64.
   */
  static List<Block> blocks(final byte[] file) throws TlsFileException {
    final String text = new String(file, StandardCharsets.ISO_8859_1);
    final List<Block> blocks = new ArrayList<>();
    final Matcher begin = BEGIN.matcher(text);
    int from = 0;
    while (begin.find(from)) {
      final String type = begin.group(1);
      final int end = text.indexOf("-----END " + type + "-----", begin.end());
      if (end < 0) {
        throw new TlsFileException("its block `" + type + "` has no end: it was cut");
      }
      blocks.add(block(type, text.substring(begin.end(), end)));
      from = end;
    }
    return blocks;
  }

  private static Block block(final String type, final String content) throws TlsFileException {
    if (content.contains("Proc-Type:") && content.contains("ENCRYPTED")) {
      return new Block(type, true, new byte[0]);
    }
    try {
      return new Block(type, false, Base64.getDecoder().decode(content.replaceAll("\\s", "")));
    } catch (final IllegalArgumentException e) {
      // Without the cause, which may quote what must not be shown.
      throw new TlsFileException("its block `" + type + "` is broken: not Base64");
    }
  }
}
