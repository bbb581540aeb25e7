package io.lockstep.engine.core.machine;

import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.event.MessageHeaderEncoder;
import io.lockstep.journal.event.VuTransitionEncoder;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Space in the journal for one event after the other, and what all begin with: the header, whose
 * event it is, and where it stands in the total order (tick, phase, sequence). Sequence counts from
 * 0 in each tick.
 */
final class EventWriter {
  /** The VU of an event that belongs to none. */
  static final int NO_VU = -1;

  /**
   * An event carries the version of the schema that gave it its present form, so that what an older
   * engine wrote is what this one writes.
   */
  static final int VERSION_1 = 1;

  static final int VERSION_2 = 2;
  static final int VERSION_3 = 3;
  static final int VERSION_4 = 4;
  static final int VERSION_5 = 5;

  static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

  private static final int VU = VuTransitionEncoder.vuEncodingOffset();
  private static final int TICK = VuTransitionEncoder.tickEncodingOffset();
  private static final int SEQUENCE = VuTransitionEncoder.sequenceEncodingOffset();
  private static final int PHASE = VuTransitionEncoder.phaseEncodingOffset();

  private final BlockWriter journal;
  private long tick;
  private byte phase;
  private long sequence;

  EventWriter(final BlockWriter journal) {
    this.journal = journal;
  }

  /** Where the events that follow stand. */
  void at(final long newTick, final Phase newPhase) {
    if (newTick != tick) {
      tick = newTick;
      sequence = 0;
    }
    phase = (byte) newPhase.code();
  }

  long tick() {
    return tick;
  }

  /** What the events are written to. */
  UnsafeBuffer buffer() {
    return journal.buffer();
  }

  /**
   * Begins an event.
   *
   * @param version since which this kind of event has not changed
   * @return the offset of its body, of which what comes behind the phase is to be written
   */
  int begin(final int vu, final int blockLength, final int templateId, final int version) {
    return begin(journal.claim(HEADER + blockLength), vu, blockLength, templateId, version);
  }

  /** Begins an event that has {@code length} bytes in all, its header included. */
  int beginContent(
      final int vu,
      final int length,
      final int blockLength,
      final int templateId,
      final int version) {
    return begin(journal.claimContent(length), vu, blockLength, templateId, version);
  }

  private int begin(
      final int offset,
      final int vu,
      final int blockLength,
      final int templateId,
      final int version) {
    final UnsafeBuffer buffer = journal.buffer();
    final int header =
        blockLength | templateId << 8 | VuTransitionEncoder.SCHEMA_ID << 16 | version << 24;
    buffer.putInt(offset, header, ByteOrder.LITTLE_ENDIAN);
    final int body = offset + HEADER;
    buffer.putInt(body + VU, vu, ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(body + TICK, tick, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(body + SEQUENCE, (int) sequence, ByteOrder.LITTLE_ENDIAN);
    buffer.putByte(body + PHASE, phase);
    sequence++;
    return body;
  }
}
