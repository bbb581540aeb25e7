package io.lockstep.journal.block;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * One block: a header, the events, a trailer, in one array of {@link #CAPACITY} bytes. An array and
 * not a direct buffer, since the JDK digests arrays in place but copies direct buffers. Owned by
 * one thread at a time; it changes hands through a {@link BlockSink}.
 */
public final class Block {
  /** Most bytes of a sealed block. */
  public static final int CAPACITY = 64 * 1024;

  /** Bytes before the first event. */
  public static final int HEADER_LENGTH = 64;

  /** Bytes behind the last event. */
  public static final int TRAILER_LENGTH = 40;

  private final byte[] bytes = new byte[CAPACITY];
  private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
  private int end = HEADER_LENGTH;
  private int events;
  private int format = BlockChain.FIRST_FORMAT_VERSION;

  /** The whole block; events lie in {@code [HEADER_LENGTH, end())}. */
  public UnsafeBuffer buffer() {
    return buffer;
  }

  /** The same bytes. */
  public byte[] bytes() {
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

  /** The oldest block format that can hold its events. */
  public int format() {
    return format;
  }

  /** Says that it holds events of variable length, which older formats do not know. */
  void holdsContent() {
    format = BlockChain.CONTENT_FORMAT_VERSION;
  }

  /** Makes it empty. */
  public void clear() {
    filled(HEADER_LENGTH, 0);
    format = BlockChain.FIRST_FORMAT_VERSION;
  }
}
