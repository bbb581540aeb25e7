package io.lockstep.scenario.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The text of a file as bytes, without its byte order mark, digested and checked for being UTF-8 on
 * the way.
 */
final class FileInput extends InputStream {
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] EMPTY = new byte[0];

  private final InputStream in;
  private final MessageDigest sha256;
  private final Utf8Scan utf8 = new Utf8Scan();
  private byte[] head;
  private int headRead;
  private long position;
  private final long start;

  /** The file is not text from some byte on. */
  static final class NotTextException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    NotTextException(final long offset, final boolean zero) {
      super(
          zero
              ? "the file is not text: it has a zero byte (the character U+0000) here"
              : "the file is not UTF-8 text: a byte here belongs to no character");
      this.offset = offset;
    }

    long offset() {
      return offset;
    }
  }

  FileInput(final Path file) throws IOException {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    in = Files.newInputStream(file);
    try {
      head = in.readNBytes(MARK.length);
    } catch (final IOException e) {
      in.close();
      throw e;
    }
    sha256.update(head);
    if (Arrays.equals(head, MARK)) {
      position = MARK.length;
      head = EMPTY;
    }
    start = position;
  }

  /** Offset in the file of the first byte read. */
  long start() {
    return start;
  }

  /** Offset in the file of the next byte read. */
  long position() {
    return position;
  }

  @Override
  public int read() throws IOException {
    final byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /**
   * Reads the next bytes.
   *
   * @throws NotTextException if one of them belongs to no character.
   */
  @Override
  public int read(final byte[] bytes, final int offset, final int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    final int read;
    if (headRead < head.length) {
      read = Math.min(length, head.length - headRead);
      System.arraycopy(head, headRead, bytes, offset, read);
      headRead += read;
    } else {
      read = in.read(bytes, offset, length);
      if (read > 0) {
        sha256.update(bytes, offset, read);
      }
    }
    final long bad = read < 0 ? utf8.end() : utf8.check(bytes, offset, read, position);
    if (bad != Utf8Scan.NONE) {
      final long at = bad - position;
      throw new NotTextException(
          bad, read > 0 && at >= 0 && at < read && bytes[offset + (int) at] == 0);
    }
    position += Math.max(0, read);
    return read;
  }

  /** SHA-256 in hex of all that was read; once. */
  String digest() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
