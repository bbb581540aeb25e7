package io.lockstep.replay.event;

import io.lockstep.journal.block.EventCursor;
import org.agrona.DirectBuffer;

/**
 * A window on one event: the fields that all events share, as the journal's cursor reads them.
 * Single-threaded, reused; what it shows holds as long as the buffer under it does.
 */
public final class EventView {
  /** The VU of an event that belongs to none. */
  public static final int NO_VU = EventCursor.NO_VU;

  private final EventCursor cursor = new EventCursor();

  /** Shows the event at {@code offset}, of which at least the shared fields are there. */
  public EventView wrap(final DirectBuffer buffer, final int offset) {
    cursor.at(buffer, offset);
    return this;
  }

  /**
   * Bytes of the event at {@code offset}, its header included.
   *
   * @return 0 where no event of this schema can begin there or it does not end before {@code
   *     limit}.
   */
  public static int lengthAt(final DirectBuffer buffer, final int offset, final int limit) {
    return EventCursor.lengthAt(buffer, offset, limit);
  }

  /** The template id of the event at {@code offset}. */
  public static int templateAt(final DirectBuffer buffer, final int offset) {
    return EventCursor.templateIdAt(buffer, offset);
  }

  /** The tick of the event at {@code offset}. */
  public static long tickAt(final DirectBuffer buffer, final int offset) {
    return EventCursor.tickAt(buffer, offset);
  }

  /** The phase code of the event at {@code offset}. */
  public static int phaseAt(final DirectBuffer buffer, final int offset) {
    return EventCursor.phaseAt(buffer, offset);
  }

  public DirectBuffer buffer() {
    return cursor.buffer();
  }

  public int offset() {
    return cursor.offset();
  }

  /** Bytes, header included. */
  public int length() {
    return cursor.length();
  }

  public int templateId() {
    return cursor.templateId();
  }

  /** Global VU id, or {@link #NO_VU}. */
  public int vu() {
    return cursor.vu();
  }

  public long tick() {
    return cursor.tick();
  }

  public long sequence() {
    return cursor.sequence();
  }

  /** {@link io.lockstep.engine.core.machine.Phase} code. */
  public int phase() {
    return cursor.phase();
  }
}
