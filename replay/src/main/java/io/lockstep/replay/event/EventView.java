package io.lockstep.replay.event;

import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.RunStartedDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A window on one event: the fields that all events share. Single-threaded, reused; what it shows
 * holds as long as the buffer under it does.
 */
public final class EventView {
  /** The VU of an event that belongs to none. */
  public static final int NO_VU = -1;

  /** Bytes of the fields that all events share. */
  static final int SHARED_LENGTH =
      MessageHeaderDecoder.ENCODED_LENGTH + RunStartedDecoder.phaseEncodingOffset() + Byte.BYTES;

  private static final int TEMPLATE_OFFSET = MessageHeaderDecoder.templateIdEncodingOffset();
  private static final int SCHEMA_OFFSET = MessageHeaderDecoder.schemaIdEncodingOffset();
  private static final int VU_OFFSET =
      MessageHeaderDecoder.ENCODED_LENGTH + RunStartedDecoder.vuEncodingOffset();
  private static final int TICK_OFFSET =
      MessageHeaderDecoder.ENCODED_LENGTH + RunStartedDecoder.tickEncodingOffset();
  private static final int SEQUENCE_OFFSET =
      MessageHeaderDecoder.ENCODED_LENGTH + RunStartedDecoder.sequenceEncodingOffset();
  private static final int PHASE_OFFSET =
      MessageHeaderDecoder.ENCODED_LENGTH + RunStartedDecoder.phaseEncodingOffset();

  private DirectBuffer buffer = new UnsafeBuffer(new byte[SHARED_LENGTH]);
  private int offset;

  /** Shows the event at {@code newOffset}, of which at least the shared fields are there. */
  public EventView wrap(final DirectBuffer newBuffer, final int newOffset) {
    buffer = newBuffer;
    offset = newOffset;
    return this;
  }

  /**
   * Bytes of the event at {@code offset}, its header included.
   *
   * @return 0 where no event of this schema can begin there or it does not end before {@code
   *     limit}.
   */
  public static int lengthAt(final DirectBuffer buffer, final int offset, final int limit) {
    if (limit - offset < SHARED_LENGTH
        || (buffer.getByte(offset + SCHEMA_OFFSET) & 0xFF) != MessageHeaderDecoder.SCHEMA_ID) {
      return 0;
    }
    final int length = MessageHeaderDecoder.ENCODED_LENGTH + (buffer.getByte(offset) & 0xFF);
    return length < SHARED_LENGTH || length > limit - offset ? 0 : length;
  }

  /** The template id of the event at {@code offset}. */
  public static int templateAt(final DirectBuffer buffer, final int offset) {
    return buffer.getByte(offset + TEMPLATE_OFFSET) & 0xFF;
  }

  /** The tick of the event at {@code offset}. */
  public static long tickAt(final DirectBuffer buffer, final int offset) {
    return buffer.getLong(offset + TICK_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  /** The phase code of the event at {@code offset}. */
  public static int phaseAt(final DirectBuffer buffer, final int offset) {
    return buffer.getByte(offset + PHASE_OFFSET) & 0xFF;
  }

  public DirectBuffer buffer() {
    return buffer;
  }

  public int offset() {
    return offset;
  }

  /** Bytes, header included. */
  public int length() {
    return MessageHeaderDecoder.ENCODED_LENGTH + (buffer.getByte(offset) & 0xFF);
  }

  public int templateId() {
    return templateAt(buffer, offset);
  }

  /** Global VU id, or {@link #NO_VU}. */
  public int vu() {
    return buffer.getInt(offset + VU_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  public long tick() {
    return tickAt(buffer, offset);
  }

  public long sequence() {
    return buffer.getInt(offset + SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
  }

  /** {@link io.lockstep.engine.core.machine.Phase} code. */
  public int phase() {
    return phaseAt(buffer, offset);
  }
}
