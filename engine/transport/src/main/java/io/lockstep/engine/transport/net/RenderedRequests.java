package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.transport.http1.Addressing;
import io.lockstep.engine.transport.http1.RequestEncoder;
import io.netty.buffer.ByteBuf;

/**
 * Requests that were rendered for one sending, encoded, while they wait for a connection: one per
 * VU at most, since a VU has one request under way. VUs go by their index in the shard. Takes no
 * memory where no request is rendered.
 */
final class RenderedRequests implements AutoCloseable {
  private static final byte HEAD = 1;
  private static final byte PERSISTENT = 2;
  private static final int[] NO_FILES = {};

  private final int localVus;
  private final RequestEncoder encoder;
  private ByteBuf[] wires = new ByteBuf[0];
  private byte[] flags = new byte[0];
  private int[] headBytes = new int[0];

  /** Where the files of bodies come; allocated with the first that has any. */
  private int[][] filePositions;

  /**
   * @param closing whether each request has a connection of its own
   */
  RenderedRequests(final int localVus, final Addressing target, final boolean closing) {
    this.localVus = localVus;
    encoder = new RequestEncoder(target, closing);
  }

  /**
   * Keeps the request of a VU.
   *
   * @return false where it is no valid request, and is not kept.
   */
  boolean add(final int local, final RenderedRequest request) {
    final ByteBuf wire = encoder.encode(request);
    if (wire == null) {
      return false;
    }
    if (wires.length == 0) {
      wires = new ByteBuf[localVus];
      flags = new byte[localVus];
      headBytes = new int[localVus];
    }
    headBytes[local] = encoder.headBytes();
    noteFiles(local, encoder.filePositions());
    wires[local] = wire;
    flags[local] =
        (byte) ((encoder.isHead() ? HEAD : 0) | (encoder.isPersistent() ? PERSISTENT : 0));
    return true;
  }

  private void noteFiles(final int local, final int[] positions) {
    if (filePositions == null && positions.length > 0) {
      filePositions = new int[localVus][];
    }
    if (filePositions != null) {
      filePositions[local] = positions;
    }
  }

  /** Length of the head of the VU's last rendered request. */
  int headBytes(final int local) {
    return headBytes[local];
  }

  /** How many bytes of the texts come before each file of the VU's last rendered request. */
  int[] filePositions(final int local) {
    return filePositions == null ? NO_FILES : filePositions[local];
  }

  /** The request of a VU, now the caller's to release; {@code null} where it was not rendered. */
  ByteBuf take(final int local) {
    if (wires.length == 0) {
      return null;
    }
    final ByteBuf wire = wires[local];
    wires[local] = null;
    return wire;
  }

  /** Whether the response to the VU's last rendered request has a head only. */
  boolean isHead(final int local) {
    return (flags[local] & HEAD) != 0;
  }

  /** Whether the VU's last rendered request leaves its connection open. */
  boolean isPersistent(final int local) {
    return (flags[local] & PERSISTENT) != 0;
  }

  /** Forgets the request of a VU that was never sent. */
  void drop(final int local) {
    final ByteBuf wire = take(local);
    if (wire != null) {
      wire.release();
    }
  }

  @Override
  public void close() {
    for (int local = 0; local < wires.length; local++) {
      drop(local);
    }
  }
}
