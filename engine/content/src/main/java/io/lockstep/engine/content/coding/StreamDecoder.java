package io.lockstep.engine.content.coding;

import io.lockstep.engine.core.port.BodyFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * A coding that a library reads as a stream. Not all libraries give what comes before the fault of
 * a body, so nothing of it is taken.
 */
abstract class StreamDecoder implements Decoder {
  /** Gives what comes out, as streams do. */
  interface Source {
    int read(byte[] to, int at, int length) throws IOException;
  }

  /** Whether a library says with this that the coded bytes end too early. */
  abstract boolean isOfEarlyEnd(Exception fault);

  @Override
  public final boolean keepsBeginning() {
    return false;
  }

  /** What comes out of coded bytes, of which some may have been read. */
  abstract Source open(ByteArrayInputStream coded) throws IOException;

  @Override
  public final BodyFault decode(final byte[] coded, final int length, final Decoded into) {
    try {
      final Source in = open(new ByteArrayInputStream(coded, 0, length));
      int count = 0;
      while (count >= 0 && !into.isTooLarge()) {
        final byte[] room = into.room();
        count = in.read(room, into.end(), room.length - into.end());
        into.add(Math.max(count, 0));
      }
      return into.isTooLarge() ? BodyFault.TOO_LARGE : BodyFault.NONE;
    } catch (final IOException | RuntimeException e) {
      // Libraries leave some faults to the checks of arrays.
      return isOfEarlyEnd(e) ? BodyFault.TRUNCATED : BodyFault.MALFORMED;
    }
  }
}
