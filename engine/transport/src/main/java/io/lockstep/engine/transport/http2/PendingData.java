package io.lockstep.engine.transport.http2;

/**
 * Streams whose requests are not all out, in the order of their turns: one frame each. Sends what
 * the peer's windows let through, while there is room in the output.
 */
final class PendingData {
  private final FrameWriter writer;
  private long window = Frame.DEFAULT_WINDOW;
  private ClientStream first;
  private ClientStream last;
  private int count;

  PendingData(final FrameWriter writer) {
    this.writer = writer;
  }

  /** The peer takes so much more of all streams; returns false where that is more than it may. */
  boolean widen(final int bytes) {
    window += bytes;
    return window <= Integer.MAX_VALUE;
  }

  void add(final ClientStream stream) {
    stream.isPending = true;
    stream.nextPending = null;
    if (last == null) {
      first = stream;
    } else {
      last.nextPending = stream;
    }
    last = stream;
    count++;
  }

  void remove(final ClientStream stream) {
    if (!stream.isPending) {
      return;
    }
    ClientStream before = null;
    for (ClientStream s = first; s != stream; s = s.nextPending) {
      before = s;
    }
    unlink(before, stream);
  }

  /** Writes data until the output has so many bytes; returns whether it has written any. */
  boolean write(final int outputBytes) {
    boolean any = false;
    int blocked = 0;
    while (blocked < count && window > 0 && writer.pendingBytes() < outputBytes) {
      final ClientStream stream = first;
      unlink(null, stream);
      final long most = Math.min(Math.min(window, stream.sendWindow), writer.maxFrameBytes());
      final int length = (int) Math.min(most, Math.min(stream.bodyLeft, Frame.DEFAULT_MAX_BYTES));
      if (length > 0) {
        write(stream, length);
        any = true;
        blocked = 0;
      } else {
        blocked++;
      }
      if (stream.bodyLeft > 0) {
        add(stream);
      }
    }
    return any;
  }

  private void write(final ClientStream stream, final int length) {
    stream.isOut = length == stream.bodyLeft;
    writer.data(stream.id, stream.body, stream.bodyIndex, length, stream.isOut);
    stream.bodyIndex += length;
    stream.bodyLeft -= length;
    stream.sendWindow -= length;
    stream.bytesSent += Frame.HEADER_BYTES + length;
    window -= length;
  }

  private void unlink(final ClientStream before, final ClientStream stream) {
    if (before == null) {
      first = stream.nextPending;
    } else {
      before.nextPending = stream.nextPending;
    }
    if (last == stream) {
      last = before;
    }
    stream.nextPending = null;
    stream.isPending = false;
    count--;
  }
}
