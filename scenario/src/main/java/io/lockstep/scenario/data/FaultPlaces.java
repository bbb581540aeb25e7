package io.lockstep.scenario.data;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Position;
import io.lockstep.scenario.diagnostic.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns byte offsets into lines and columns, by reading the file once more up to there: only files
 * with errors pay for that. Lines are those of an editor: they end with LF, CR LF or CR.
 */
final class FaultPlaces {
  private static final int BEFORE_BYTES = 240;
  private static final int AFTER_BYTES = 400;
  private static final int CHUNK = 1 << 16;
  private static final int CONTINUATION_MASK = 0xC0;
  private static final int CONTINUATION = 0x80;
  private static final long MAX = Integer.MAX_VALUE - 1L;

  private final Path file;
  private final String name;
  private long at;
  private long line = 1;
  private long lineStart;
  private long characters;
  private boolean afterCarriageReturn;

  private FaultPlaces(final Path file, final String name) {
    this.file = file;
    this.name = name;
  }

  /**
   * The faults as diagnostics.
   *
   * @param file where they are
   * @param name what messages call it
   * @param faults in the order of their offsets
   */
  static List<Diagnostic> find(final Path file, final String name, final Faults faults)
      throws IOException {
    return new FaultPlaces(file, name).diagnostics(faults.sorted());
  }

  private List<Diagnostic> diagnostics(final List<Faults.Fault> faults) throws IOException {
    final List<Diagnostic> found = new ArrayList<>();
    final byte[] chunk = new byte[CHUNK];
    long base = 0;
    int next = 0;
    try (InputStream in = Files.newInputStream(file)) {
      while (next < faults.size()) {
        final int length = in.readNBytes(chunk, 0, CHUNK);
        int passed = 0;
        while (next < faults.size() && faults.get(next).offset() < base + length) {
          final int offset = (int) (faults.get(next).offset() - base);
          pass(chunk, passed, offset);
          passed = offset;
          found.add(diagnostic(faults.get(next++)));
        }
        pass(chunk, passed, length);
        base += length;
        if (length < CHUNK) {
          break;
        }
      }
    }
    while (next < faults.size()) {
      found.add(diagnostic(faults.get(next++)));
    }
    return found;
  }

  private void pass(final byte[] bytes, final int from, final int to) {
    for (int i = from; i < to; i++) {
      final byte b = bytes[i];
      final boolean secondOfTwo = b == '\n' && afterCarriageReturn;
      at++;
      if (b == '\n' || b == '\r') {
        line += secondOfTwo ? 0 : 1;
        lineStart = at;
        characters = 0;
      } else if ((b & CONTINUATION_MASK) != CONTINUATION) {
        characters++;
      }
      afterCarriageReturn = b == '\r';
    }
  }

  private Diagnostic diagnostic(final Faults.Fault fault) throws IOException {
    final Position position =
        new Position(
            name, (int) Math.min(line, Integer.MAX_VALUE), (int) Math.min(characters, MAX) + 1);
    final byte[] before = read(Math.max(lineStart, fault.offset() - BEFORE_BYTES), fault.offset());
    final byte[] after = read(fault.offset(), fault.offset() + AFTER_BYTES);
    final String head = decode(before, firstCharacter(before));
    final Source snippet = new Source(name, head + decode(after, 0));
    return Diagnostic.of(
        fault.kind(), position, fault.message(), snippet, head.length(), fault.notes());
  }

  private byte[] read(final long from, final long to) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      final ByteBuffer bytes =
          ByteBuffer.allocate((int) Math.max(0, Math.min(to, channel.size()) - from));
      channel.position(from);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // until it is full, or the file has become shorter meanwhile
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }

  /** A cut may go through a character, of which the rest is left out. */
  private static int firstCharacter(final byte[] bytes) {
    int first = 0;
    while (first < bytes.length && (bytes[first] & CONTINUATION_MASK) == CONTINUATION) {
      first++;
    }
    return first;
  }

  private static String decode(final byte[] bytes, final int from) {
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
  }
}
