package io.lockstep.journal.block;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One block: a header, the events, a trailer, in one direct buffer of at most {@link #CAPACITY}
 * bytes. Owned by one thread at a time; it changes hands through a {@link BlockSink}.
 */
public final class Block {
  /** Most bytes of a sealed block. */
  public static final int CAPACITY = 64 * 1024;

  /** Bytes before the first event. */
  public static final int HEADER_LENGTH = 64;

  /** Bytes behind the last event. */
  public static final int TRAILER_LENGTH = 40;

  private final ByteBuffer bytes;
  private final UnsafeBuffer buffer;
  private int end = HEADER_LENGTH;
  private int events;

  public Block() {
    bytes = BufferUtil.allocateDirectAligned(CAPACITY, 64).order(ByteOrder.LITTLE_ENDIAN);
    buffer = new UnsafeBuffer(bytes);
  }

  /** The whole block; events lie in {@code [HEADER_LENGTH, end())}. */
  public UnsafeBuffer buffer() {
    return buffer;
  }

  /** The same bytes, little endian; position and limit are the caller's to set. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Offset behind the last event. */
  public int end() {
    return end;
  }

  /** Number of events in it. */
  public int events() {
    return events;
  }

  /** Says what has been written. */
  public void filled(final int newEnd, final int newEvents) {
    end = newEnd;
    events = newEvents;
  }

  /** Makes it empty. */
  public void clear() {
    filled(HEADER_LENGTH, 0);
  }
}
