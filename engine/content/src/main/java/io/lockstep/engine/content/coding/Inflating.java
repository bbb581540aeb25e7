package io.lockstep.engine.content.coding;

import io.lockstep.engine.core.port.BodyFault;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Deflate streams (RFC 1951), with or without the wrapper of RFC 1950. */
final class Inflating {
  private Inflating() {}

  /** What came of a stream, and where in the coded bytes it ended. */
  record End(BodyFault fault, int at) {}

  static End inflate(
      final byte[] coded,
      final int from,
      final int length,
      final boolean wrapped,
      final Decoded into) {
    final Inflater inflater = new Inflater(!wrapped);
    try {
      inflater.setInput(coded, from, length - from);
      int count = 1;
      while (count > 0 && !into.isTooLarge()) {
        final byte[] room = into.room();
        count = inflater.inflate(room, into.end(), room.length - into.end());
        into.add(count);
      }
      return new End(fault(inflater, into), from + Math.toIntExact(inflater.getBytesRead()));
    } catch (final DataFormatException e) {
      return new End(BodyFault.MALFORMED, from); // the target's fault, and counted as that
    } finally {
      inflater.end();
    }
  }

  private static BodyFault fault(final Inflater inflater, final Decoded into) {
    if (into.isTooLarge()) {
      return BodyFault.TOO_LARGE;
    } else if (inflater.needsDictionary()) {
      return BodyFault.MALFORMED;
    }
    return inflater.finished() ? BodyFault.NONE : BodyFault.TRUNCATED;
  }
}
