package io.lockstep.journal.queue;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Walks over the excerpts of a Chronicle Queue file with plain reads. Chronicle's own tailer maps
 * the file and trusts its headers and index, so on a damaged file it may wait for a lock, fault or
 * hang; plain reads cannot, and change nothing. Format: excerpts at multiples of four bytes, each
 * behind a four-byte header of 30 bits of length, a metadata bit and an incomplete bit; zero ends
 * the file.
 */
final class QueueFile implements AutoCloseable {
  /** The first cycle of the epoch, at which the clock of the journal stands still. */
  static final String NAME = "19700101F.cq4";

  /** Chronicle's table of locks and listing facts. */
  static final String TABLE_NAME = "metadata.cq4t";

  private static final int HEADER_LENGTH = 4;
  private static final int INCOMPLETE_BIT = 0x8000_0000;
  private static final int METADATA_BIT = 0x4000_0000;
  private static final int LENGTH_MASK = 0x3FFF_FFFF;

  /** What stands at the current position. */
  enum Kind {
    /** An excerpt with data. */
    DATA,
    /** An excerpt of Chronicle's own. */
    METADATA,
    /** An excerpt whose writer never finished it. */
    INCOMPLETE,
    /** Nothing more. */
    END
  }

  private final FileChannel channel;
  private final ByteBuffer word = ByteBuffer.allocate(HEADER_LENGTH).order(LITTLE_ENDIAN);
  private long size;
  private long position;
  private int header;
  private long next;

  QueueFile(final Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    size = channel.size();
  }

  /** Moves to the next excerpt. */
  Kind advance() throws IOException {
    position = next;
    refresh(position + HEADER_LENGTH);
    header = position + HEADER_LENGTH <= size ? intAt(position) : 0;
    if (header == 0) {
      return Kind.END;
    }
    if ((header & INCOMPLETE_BIT) != 0) {
      return Kind.INCOMPLETE;
    }
    next = position + HEADER_LENGTH + ((length() + 3) & ~3);
    refresh(next);
    return (header & METADATA_BIT) != 0 ? Kind.METADATA : Kind.DATA;
  }

  /** Where the current excerpt's header stands. */
  long position() {
    return position;
  }

  /** Where the current excerpt's content begins. */
  long contentPosition() {
    return position + HEADER_LENGTH;
  }

  /** The current header. */
  int header() {
    return header;
  }

  /**
   * Whether the incomplete header is the one that a writer begins with, its length still unknown.
   */
  boolean unknownLength() {
    return header == INCOMPLETE_BIT;
  }

  /** Whether a writer has changed the current header since it was read. */
  boolean hasChangedSince() throws IOException {
    return position + HEADER_LENGTH <= size && intAt(position) != header;
  }

  /** Bytes of the current excerpt's content. */
  int length() {
    return header & LENGTH_MASK;
  }

  /** Bytes between the content and the next header. */
  int padding() {
    return (int) (next - contentPosition()) - length();
  }

  /** Whether the file ends before the current excerpt does. */
  boolean cut() {
    return next > size;
  }

  /** Bytes of the file, as far as was asked; a writer may have made it longer or shorter since. */
  long size() {
    return size;
  }

  /**
   * Reads into the whole of {@code into}'s remaining space.
   *
   * @return bytes read, fewer only at the end of the file.
   */
  int read(final ByteBuffer into, final long from) throws IOException {
    final int start = into.position();
    long at = from;
    while (into.hasRemaining()) {
      final int count = channel.read(into, at);
      if (count < 0) {
        break;
      }
      at += count;
    }
    return into.position() - start;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** A writer makes the file longer as it goes: where it seems to end, it is asked again. */
  private void refresh(final long end) throws IOException {
    if (end > size) {
      size = channel.size();
    }
  }

  /** Zero, as behind the end of a journal, where a writer has cut the file meanwhile. */
  private int intAt(final long at) throws IOException {
    word.clear();
    return read(word, at) == HEADER_LENGTH ? word.getInt(0) : 0;
  }
}
