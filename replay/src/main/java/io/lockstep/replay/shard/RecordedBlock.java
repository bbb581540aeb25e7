package io.lockstep.replay.shard;

import io.lockstep.journal.block.Block;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The events of one recorded block, without its header and trailer. Owned by one thread at a time.
 */
public final class RecordedBlock {
  private final byte[] bytes = new byte[Block.CAPACITY];
  private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
  private final ByteBuffer view = ByteBuffer.wrap(bytes);
  private int length;
  private int events;
  private long firstEvent;
  private RecordedBlock next;

  /** Takes a copy of {@code newEvents} whole events. */
  public void fill(
      final DirectBuffer from, final int offset, final int newLength, final int newEvents) {
    from.getBytes(offset, bytes, 0, newLength);
    length = newLength;
    events = newEvents;
    next = null;
  }

  /** Events lie in {@code [0, length())}. */
  public UnsafeBuffer buffer() {
    return buffer;
  }

  /** Bytes of events. */
  public int length() {
    return length;
  }

  /** Number of events. */
  public int events() {
    return events;
  }

  ByteBuffer view(final int from, final int to) {
    return view.limit(to).position(from);
  }

  long firstEvent() {
    return firstEvent;
  }

  void firstEvent(final long index) {
    firstEvent = index;
  }

  RecordedBlock next() {
    return next;
  }

  void next(final RecordedBlock block) {
    next = block;
  }
}
