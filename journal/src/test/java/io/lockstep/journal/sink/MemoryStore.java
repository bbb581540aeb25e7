package io.lockstep.journal.sink;

import io.lockstep.journal.block.JournalException;
import java.io.ByteArrayOutputStream;

/** Keeps blocks in memory up to a limit. */
final class MemoryStore implements BlockStore {
  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long left;
  boolean closed;

  MemoryStore(final long blocks) {
    left = blocks;
  }

  @Override
  public void append(final byte[] block, final int length) {
    if (left-- == 0) {
      throw new JournalException("disk full: test");
    }
    bytes.write(block, 0, length);
  }

  @Override
  public String close() {
    closed = true;
    return "";
  }
}
