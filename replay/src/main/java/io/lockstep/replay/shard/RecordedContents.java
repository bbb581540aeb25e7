package io.lockstep.replay.shard;

import io.lockstep.engine.core.machine.ContentHash;
import io.lockstep.engine.core.port.Content;
import io.lockstep.journal.event.ContentRecordedDecoder;
import io.lockstep.journal.event.ResponseContentDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The contents of a recording that a response may still refer to: those of the present generation,
 * joined from their parts. Holds at most {@link #MAX_BYTES} of them, whatever the length of the
 * recording, and as much again while it grows. Each content is checked against its hash.
 */
public final class RecordedContents {
  /** What a recorder puts into one generation, and no more than that. */
  static final int MAX_BYTES = 64 << 20;

  private static final int NO_GENERATION = -1;
  private static final int FIRST_BYTES = 64 * 1024;

  private final Map<Name, Place> placeByName = new HashMap<>();
  private final ContentHash hash = new ContentHash();
  private final UnsafeBuffer part = new UnsafeBuffer(0, 0);
  private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[0]);
  private int length;
  private int generation = NO_GENERATION;
  private Name growing;
  private int grown;
  private int expected;

  /** The hash of a content. */
  private record Name(long high, long low) {
    @Override
    public String toString() {
      return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
  }

  /** Where a content lies. */
  private record Place(int offset, int length) {}

  /**
   * Takes the next part.
   *
   * @throws IllegalStateException if it does not continue the one before, or makes up a content
   *     that is not what its hash says.
   */
  public void add(final ContentRecordedDecoder recorded) {
    if (recorded.generation() != generation) {
      generation = recorded.generation();
      placeByName.clear();
      length = 0;
      growing = null;
    }
    final Name name = new Name(recorded.hashHigh(), recorded.hashLow());
    if (growing == null) {
      begin(name, recorded.contentLength());
    }
    recorded.wrapBytes(part);
    if (!name.equals(growing)
        || recorded.contentLength() != expected
        || recorded.partOffset() != grown
        || part.capacity() == 0
        || part.capacity() > expected - grown) {
      throw new IllegalStateException(
          "content " + name + " goes on at byte " + recorded.partOffset() + ", not at " + grown);
    }
    bytes.putBytes(length + grown, part, 0, part.capacity());
    grown += part.capacity();
    if (grown == expected) {
      finish(name);
    }
  }

  private void begin(final Name name, final int contentLength) {
    if (contentLength <= 0 || contentLength > MAX_BYTES - length) {
      throw new IllegalStateException(
          "content " + name + " of " + contentLength + " bytes does not fit its generation");
    }
    growing = name;
    grown = 0;
    expected = contentLength;
    final int needed = length + contentLength;
    if (needed > bytes.capacity()) {
      final int doubled = Math.max(FIRST_BYTES, Math.min(MAX_BYTES, bytes.capacity() * 2));
      bytes.wrap(Arrays.copyOf(bytes.byteArray(), Math.max(needed, doubled)));
    }
  }

  private void finish(final Name name) {
    hash.of(bytes, length, expected);
    if (hash.high() != name.high || hash.low() != name.low) {
      throw new IllegalStateException("content " + name + " is not what its hash says");
    }
    placeByName.put(name, new Place(length, expected));
    length += expected;
    growing = null;
  }

  /**
   * Shows what a response refers to.
   *
   * @throws IllegalStateException if that is not here.
   */
  public void show(final ResponseContentDecoder recorded, final Content content) {
    final Place head =
        place(recorded.headHashHigh(), recorded.headHashLow(), recorded.headLength());
    final Place body =
        place(recorded.bodyHashHigh(), recorded.bodyHashLow(), recorded.keptLength());
    content.wrap(recorded.flags(), recorded.bodyLength());
    content.head(bytes, head.offset, head.length);
    content.body(bytes, body.offset, body.length);
    content.markRecorded();
  }

  private Place place(final long high, final long low, final int expectedLength) {
    if (expectedLength == 0) {
      return new Place(0, 0);
    }
    final Name name = new Name(high, low);
    final Place place = placeByName.get(name);
    if (place == null || place.length != expectedLength) {
      throw new IllegalStateException(
          "a response refers to content "
              + name
              + " of "
              + expectedLength
              + " bytes, which is not recorded before it");
    }
    return place;
  }
}
