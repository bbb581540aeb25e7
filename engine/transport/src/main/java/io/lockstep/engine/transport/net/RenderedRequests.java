package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestSyntax;
import io.lockstep.engine.transport.http1.Addressing;
import io.lockstep.engine.transport.http1.RequestEncoder;
import io.lockstep.engine.transport.http2.RequestFields;
import io.lockstep.engine.transport.http2.RequestHead;
import io.netty.buffer.ByteBuf;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Requests that were rendered for one sending, encoded, while they wait for a connection: one per
 * VU at most, since a VU has one request under way. VUs go by their index in the shard. Takes no
 * memory where no request is rendered.
 */
final class RenderedRequests implements AutoCloseable {
  private static final byte HEAD = 1;
  private static final byte PERSISTENT = 2;
  private static final int[] NO_FILES = {};

  /** What a VU keeps of memory for its requests between them. */
  private static final int MAX_KEPT_BYTES = 4 * 1024;

  private final int localVus;
  private final RequestEncoder encoder;
  private final boolean isOpen;
  private ByteBuf[] wires = new ByteBuf[0];
  private byte[] flags = new byte[0];
  private int[] headBytes = new int[0];

  /** Where the files of bodies come; allocated with the first that has any. */
  private int[][] filePositions;

  private final RequestSyntax syntax = new RequestSyntax();
  private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
  private final RenderedRequest kept = new RenderedRequest();
  private byte[][] texts = new byte[0][];
  private int[] lengths = new int[0];

  /**
   * Of a shard.
   *
   * @param closing whether each request has a connection of its own
   * @param isOpen whether it depends on the connection how a request is written, so that it is kept
   *     as it was rendered until it has ended
   */
  RenderedRequests(
      final int localVus, final Addressing target, final boolean closing, final boolean isOpen) {
    this.localVus = localVus;
    this.isOpen = isOpen;
    encoder = new RequestEncoder(target, closing);
  }

  /**
   * Keeps the request of a VU.
   *
   * @return false where it is no valid request, and is not kept.
   */
  boolean add(final int local, final RenderedRequest request) {
    return isOpen ? keep(local, request) : encode(local, request);
  }

  private boolean keep(final int local, final RenderedRequest request) {
    if (!syntax.isValid(request)) {
      return false;
    }
    if (texts.length == 0) {
      texts = new byte[localVus][];
      lengths = new int[localVus];
    }
    if (texts[local] == null || texts[local].length < request.length()) {
      texts[local] = new byte[request.length()];
    }
    request.buffer().getBytes(request.offset(), texts[local], 0, request.length());
    lengths[local] = request.length();
    return true;
  }

  private boolean isKept(final int local) {
    return texts.length > 0 && lengths[local] > 0;
  }

  private RenderedRequest kept(final int local) {
    view.wrap(texts[local], 0, lengths[local]);
    return kept.wrap(view, 0, lengths[local]);
  }

  /** The request of a VU for a connection of HTTP/2; {@code null} where it was not rendered. */
  RequestHead head(final int local, final RequestFields fields) {
    return isKept(local) ? fields.of(kept(local), texts[local]) : null;
  }

  private boolean encode(final int local, final RenderedRequest request) {
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
    if (isKept(local)) {
      encode(local, kept(local));
    }
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
    if (texts.length > 0) {
      lengths[local] = 0;
      if (texts[local] != null && texts[local].length > MAX_KEPT_BYTES) {
        texts[local] = null;
      }
    }
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
