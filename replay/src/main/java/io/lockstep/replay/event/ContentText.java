package io.lockstep.replay.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * Recorded bytes as a short text in quotes. What is left out of it is there as a checksum, so that
 * two contents that differ in a bit differ in their text.
 */
final class ContentText {
  private static final int SHOWN_BYTES = 48;
  private static final int CHECKSUM_DIGITS = 16;

  private ContentText() {}

  static String excerpt(final DirectBuffer content) {
    final StringBuilder text = new StringBuilder(SHOWN_BYTES + 32).append('"');
    final int shown = Math.min(SHOWN_BYTES, content.capacity());
    for (int i = 0; i < shown; i++) {
      append(text, content.getByte(i));
    }
    text.append('"');
    if (shown < content.capacity()) {
      text.append("…#").append(checksum(content));
    }
    return text.toString();
  }

  private static void append(final StringBuilder text, final byte b) {
    switch (b) {
      case '\r' -> text.append("\\r");
      case '\n' -> text.append("\\n");
      case '\t' -> text.append("\\t");
      case '"', '\\' -> text.append('\\').append((char) b);
      default -> {
        if (b >= ' ' && b < 0x7F) {
          text.append((char) b);
        } else {
          text.append(String.format(Locale.ROOT, "\\x%02x", b & 0xFF));
        }
      }
    }
  }

  private static String checksum(final DirectBuffer content) {
    final byte[] bytes = new byte[content.capacity()];
    content.getBytes(0, bytes);
    try {
      final byte[] sha = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(sha).substring(0, CHECKSUM_DIGITS);
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
