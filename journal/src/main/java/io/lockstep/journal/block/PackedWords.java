package io.lockstep.journal.block;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.journal.event.ContentRecordedDecoder;
import io.lockstep.journal.event.MessageHeaderDecoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;

/**
 * What packing and unpacking share: the codes of the packed form, and what is expected of the next
 * event, which is that it has the VU and the tick of the one before it and the next number. Reads
 * and writes arrays with checked bounds.
 */
@SuppressWarnings("OperatorPrecedence")
final class PackedWords {
  static final int SLOT_BITS = 6;
  static final int SLOTS = 1 << SLOT_BITS;

  /** Marks the first event of a slot, or one of another kind than it had: all of it follows. */
  static final int NEW = 0x80;

  /** Begins an event of variable length: its length in words in two bytes, then all of it. */
  static final byte VERBATIM = 0x40;

  /** Marks a difference of numbers, the sign in the lowest bit; otherwise it is of bits. */
  static final int SUM = 0x80;

  /** Bits of the length of the events, in the first four bytes of the packed ones. */
  static final int LENGTH_BITS = 24;

  static final long LOW = 0xFFFF_FFFFL;

  /** Where the tick of an event lies, and its number with what follows. */
  static final int TICK = 8;

  static final int SEQUENCE = 16;

  /** Words that all events begin with. */
  static final int PREFIX_WORDS = 3;

  private static final int CONTENT_FIXED =
      MessageHeaderDecoder.ENCODED_LENGTH + ContentRecordedDecoder.BLOCK_LENGTH;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);

  private long vu;
  private long tick;
  private long sequence;

  /** At the beginning of a block. */
  void reset() {
    vu = 0;
    tick = 0;
    sequence = 0;
  }

  /** Expects what comes after the event that begins there. */
  void after(final byte[] events, final int at) {
    vu = longAt(events, at) >>> Integer.SIZE;
    tick = longAt(events, at + TICK);
    sequence = (longAt(events, at + SEQUENCE) + 1) & LOW;
  }

  long vu() {
    return vu;
  }

  long tick() {
    return tick;
  }

  long sequence() {
    return sequence;
  }

  /** Bytes of an event of fixed length, whose first word this is. */
  static int fixedLength(final long first) {
    return MessageHeaderDecoder.ENCODED_LENGTH + (int) (first & 0xFF);
  }

  /** Bytes of a content event that begins there. */
  static int contentLength(final byte[] events, final int at) {
    return BitUtil.align(
        CONTENT_FIXED
            + ContentRecordedDecoder.bytesHeaderLength()
            + intAt(events, at + CONTENT_FIXED),
        Long.BYTES);
  }

  /** Bytes up to the highest that is not zero. */
  static int bytesOf(final long value) {
    return Long.BYTES - (Long.numberOfLeadingZeros(value) >>> 3);
  }

  static long longAt(final byte[] bytes, final int at) {
    return (long) LONGS.get(bytes, at);
  }

  static void putLong(final byte[] bytes, final int at, final long value) {
    LONGS.set(bytes, at, value);
  }

  static int intAt(final byte[] bytes, final int at) {
    return (int) INTS.get(bytes, at);
  }

  static void putInt(final byte[] bytes, final int at, final int value) {
    INTS.set(bytes, at, value);
  }
}
