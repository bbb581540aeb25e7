package io.lockstep.bench.append;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.event.RunEndedDecoder;
import io.lockstep.journal.event.VuTransitionDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the same events to whoever takes them: 48 bytes each, headers as the journal wants them.
 */
final class EventSource {
  static final int EVENT_LENGTH = 48;

  private static final int HEADER_LENGTH = 4;
  private static final int TEMPLATE_ID = 1;
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private EventSource() {}

  /** Writes events and passes the last block on. */
  static void write(final BlockWriter writer, final long events) {
    long value = STEP;
    for (long i = 0; i < events; i++) {
      final int offset = writer.claim(EVENT_LENGTH);
      final UnsafeBuffer buffer = writer.buffer();
      buffer.putInt(offset, header(i + 1 == events), LITTLE_ENDIAN);
      buffer.putInt(offset + 4, (int) i, LITTLE_ENDIAN);
      for (int at = 8; at < EVENT_LENGTH; at += Long.BYTES) {
        buffer.putLong(offset + at, value, LITTLE_ENDIAN);
        value += STEP;
      }
    }
    writer.flush();
  }

  /** A journal ends with the event that ends a run, else it is a truncated one. */
  private static int header(final boolean last) {
    final int template = last ? RunEndedDecoder.TEMPLATE_ID : TEMPLATE_ID;
    return EVENT_LENGTH - HEADER_LENGTH
        | template << 8
        | VuTransitionDecoder.SCHEMA_ID << 16
        | VuTransitionDecoder.SCHEMA_VERSION << 24;
  }
}
