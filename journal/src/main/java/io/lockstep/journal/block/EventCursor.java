package io.lockstep.journal.block;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.journal.event.ContentRecordedDecoder;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.RunStartedDecoder;
import java.util.Locale;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * Walks over the events of a block without allocating. Reads the prefix that all events share; the
 * generated decoders read the rest, wrapped at {@link #bodyOffset()}.
 */
public final class EventCursor {
  /** The VU of an event that belongs to none. */
  public static final int NO_VU = -1;

  /** Most bytes of content in one event. */
  public static final int MAX_CONTENT_BYTES = 8 * 1024;

  private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
  private static final int BLOCK_LENGTH = MessageHeaderDecoder.blockLengthEncodingOffset();
  private static final int TEMPLATE_ID = MessageHeaderDecoder.templateIdEncodingOffset();
  private static final int SCHEMA_ID = MessageHeaderDecoder.schemaIdEncodingOffset();
  private static final int VERSION = MessageHeaderDecoder.versionEncodingOffset();
  private static final int VU = HEADER + RunStartedDecoder.vuEncodingOffset();
  private static final int TICK = HEADER + RunStartedDecoder.tickEncodingOffset();
  private static final int SEQUENCE = HEADER + RunStartedDecoder.sequenceEncodingOffset();
  private static final int PHASE = HEADER + RunStartedDecoder.phaseEncodingOffset();
  private static final int PREFIX_LENGTH = PHASE + 1;
  private static final int ALIGNMENT = 8;
  private static final int CONTENT_PREFIX = ContentRecordedDecoder.bytesHeaderLength();

  private DirectBuffer buffer;
  private int offset;
  private int length;
  private int limit;

  /**
   * Begins before the first event of {@code [offset, limit)}.
   *
   * @return this.
   */
  public EventCursor wrap(final DirectBuffer events, final int from, final int to) {
    buffer = events;
    offset = from;
    length = 0;
    limit = to;
    return this;
  }

  /**
   * Moves to the next event.
   *
   * @return false if there is none.
   * @throws IllegalStateException if the bytes are not an event; a block that the journal reader
   *     gave out has been checked and cannot raise it.
   */
  public boolean next() {
    final int at = offset + length;
    if (at >= limit) {
      return false;
    }
    final String fault = eventFault(buffer, at, limit);
    if (fault != null) {
      throw new IllegalStateException(fault);
    }
    offset = at;
    length = lengthOf(buffer, at);
    return true;
  }

  /** The bytes that the event lies in. */
  public DirectBuffer buffer() {
    return buffer;
  }

  /** Where the event begins. */
  public int offset() {
    return offset;
  }

  /** Bytes of the event, header included. */
  public int length() {
    return length;
  }

  /** Where a decoder is to be wrapped. */
  public int bodyOffset() {
    return offset + HEADER;
  }

  /** Which event it is: a {@code TEMPLATE_ID} of the generated decoders. */
  public int templateId() {
    return templateIdAt(buffer, offset);
  }

  /** Version of the schema that it was written with. */
  public int version() {
    return buffer.getByte(offset + VERSION) & 0xFF;
  }

  /** Global VU id, {@link #NO_VU} where the event belongs to none. */
  public int vu() {
    return buffer.getInt(offset + VU, LITTLE_ENDIAN);
  }

  /** Tick of the event. */
  public long tick() {
    return tickAt(buffer, offset);
  }

  /** Number within tick and phase. */
  public long sequence() {
    return buffer.getInt(offset + SEQUENCE, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
  }

  /** Phase code. */
  public int phase() {
    return phaseAt(buffer, offset);
  }

  /**
   * Bytes of the event that begins at {@code at}, header included.
   *
   * @return 0 where none can begin there, or it does not end before {@code limit}.
   */
  public static int lengthAt(final DirectBuffer buffer, final int at, final int limit) {
    return limit <= at || eventFault(buffer, at, limit) != null ? 0 : lengthOf(buffer, at);
  }

  /** Which event begins at {@code at}. */
  public static int templateIdAt(final DirectBuffer buffer, final int at) {
    return buffer.getByte(at + TEMPLATE_ID) & 0xFF;
  }

  /** Tick of the event that begins at {@code at}. */
  public static long tickAt(final DirectBuffer buffer, final int at) {
    return buffer.getLong(at + TICK, LITTLE_ENDIAN);
  }

  /** Phase code of the event that begins at {@code at}. */
  public static int phaseAt(final DirectBuffer buffer, final int at) {
    return buffer.getByte(at + PHASE) & 0xFF;
  }

  /**
   * Stands on the event that begins at {@code at}; {@link #next} then moves to the end.
   *
   * @return this.
   */
  public EventCursor at(final DirectBuffer events, final int at) {
    buffer = events;
    offset = at;
    length = lengthOf(events, at);
    limit = at + length;
    return this;
  }

  /** Of an event whose fixed part is there. */
  private static int lengthOf(final DirectBuffer buffer, final int at) {
    final int fixed = fixedLengthOf(buffer, at);
    return isContent(buffer, at)
        ? BitUtil.align(
            fixed + CONTENT_PREFIX + buffer.getInt(at + fixed, LITTLE_ENDIAN), ALIGNMENT)
        : fixed;
  }

  /** Bytes up to the variable part; all of them where an event has none. */
  private static int fixedLengthOf(final DirectBuffer buffer, final int at) {
    return HEADER + (buffer.getByte(at + BLOCK_LENGTH) & 0xFF);
  }

  private static boolean isContent(final DirectBuffer buffer, final int at) {
    return templateIdAt(buffer, at) == ContentRecordedDecoder.TEMPLATE_ID;
  }

  private static String contentFault(final DirectBuffer buffer, final int at, final int limit) {
    final int fixed = fixedLengthOf(buffer, at);
    if (fixed < PREFIX_LENGTH || fixed + CONTENT_PREFIX > limit - at) {
      return String.format(Locale.ROOT, "event at byte %d of the block is cut", at);
    }
    final int content = buffer.getInt(at + fixed, LITTLE_ENDIAN);
    return content >= 0 && content <= MAX_CONTENT_BYTES
        ? null
        : String.format(
            Locale.ROOT,
            "event at byte %d of the block has %d bytes of content, at most %d",
            at,
            content,
            MAX_CONTENT_BYTES);
  }

  /** What is wrong with the events of a block, {@code null} if nothing is. */
  static String fault(
      final DirectBuffer buffer, final int from, final int limit, final int expectedEvents) {
    int at = from;
    int events = 0;
    while (at < limit) {
      final String fault = eventFault(buffer, at, limit);
      if (fault != null) {
        return fault;
      }
      at += lengthOf(buffer, at);
      events++;
    }
    return events == expectedEvents
        ? null
        : String.format(Locale.ROOT, "block says %d events, it has %d", expectedEvents, events);
  }

  private static String eventFault(final DirectBuffer buffer, final int at, final int limit) {
    if (limit - at < PREFIX_LENGTH) {
      return String.format(Locale.ROOT, "event at byte %d of the block is cut", at);
    }
    final int schema = buffer.getByte(at + SCHEMA_ID) & 0xFF;
    if (schema != RunStartedDecoder.SCHEMA_ID) {
      return String.format(
          Locale.ROOT,
          "event at byte %d of the block has schema %d, expected %d",
          at,
          schema,
          RunStartedDecoder.SCHEMA_ID);
    }
    if (isContent(buffer, at)) {
      final String fault = contentFault(buffer, at, limit);
      if (fault != null) {
        return fault;
      }
    }
    final int length = lengthOf(buffer, at);
    if (length < PREFIX_LENGTH || length % ALIGNMENT != 0 || length > limit - at) {
      return String.format(
          Locale.ROOT,
          "event at byte %d of the block has length %d, %d bytes are left",
          at,
          length,
          limit - at);
    }
    return null;
  }
}
