package io.lockstep.journal.block;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gives out space for events in the current block and passes full blocks on. Single-threaded; the
 * hot end of the journal, so a final class and not an interface.
 */
public final class BlockWriter {
  private static final int LIMIT = Block.CAPACITY - Block.TRAILER_LENGTH;

  private final BlockSink sink;
  private Block block;
  private UnsafeBuffer buffer;
  private int position = Block.HEADER_LENGTH;
  private int blockEvents;
  private long events;
  private long bytes;

  /**
   * @param sink takes full blocks
   * @param first the block to begin with
   */
  public BlockWriter(final BlockSink sink, final Block first) {
    this.sink = sink;
    begin(first);
  }

  /**
   * Space for one event of {@code length} bytes, a multiple of eight.
   *
   * @return its offset in {@link #buffer()}, which holds until the next claim.
   */
  public int claim(final int length) {
    int offset = position;
    if (offset + length > LIMIT) {
      flush();
      offset = position;
    }
    position = offset + length;
    blockEvents++;
    return offset;
  }

  /**
   * Space for one event of variable length, a multiple of eight: content of a response.
   *
   * @return as {@link #claim}.
   */
  public int claimContent(final int length) {
    final int offset = claim(length);
    block.holdsContent();
    return offset;
  }

  /** The buffer that the last claimed offset lies in. */
  public UnsafeBuffer buffer() {
    return buffer;
  }

  /** Passes the current block on if it holds an event. */
  public void flush() {
    if (blockEvents > 0) {
      block.filled(position, blockEvents);
      events += blockEvents;
      bytes += position - Block.HEADER_LENGTH;
      begin(sink.exchange(block));
    }
  }

  /** Events claimed since the start. */
  public long events() {
    return events + blockEvents;
  }

  /** Bytes of events claimed since the start. */
  public long bytes() {
    return bytes + position - Block.HEADER_LENGTH;
  }

  private void begin(final Block next) {
    next.clear();
    block = next;
    buffer = next.buffer();
    position = Block.HEADER_LENGTH;
    blockEvents = 0;
  }
}
