package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.transport.body.MixedBody;
import io.lockstep.engine.transport.http1.RequestTemplate;
import io.lockstep.engine.transport.http1.ResponseParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.io.IOException;

/**
 * The bytes of a connection's request, and how far they are out. The connection's own buffer is
 * written, never the shared template; it still holds the bytes if the request is the same as the
 * last. A rendered request brings its buffer. Lives on the shard's thread.
 */
final class RequestWire implements BodyPump.Listener {
  private static final int NULL_REQUEST = -1;

  /** Fits into any socket's empty send buffer. */
  private static final int SMALL_BYTES = 4 * 1024;

  private final SessionContext context;

  /** Writes in pieces what is not written at once; {@code null} until there is such a request. */
  private BodyPump pump;

  private MixedBody body;
  private boolean inPieces;
  private Throwable failure;
  private ByteBuf buffer;
  private int request = NULL_REQUEST;
  private int lengthBytes;
  private int head;
  private long continueNs;
  private boolean persistent;
  private boolean out;
  private ChannelPromise written;
  private long handedNs = Completion.NULL_TIME;

  RequestWire(final SessionContext context) {
    this.context = context;
  }

  /** Holds the request of a VU from now on; returns whether the response has a head only. */
  boolean prepare(final int local, final int requestOfVu) {
    out = false;
    failure = null;
    handedNs = Completion.NULL_TIME;
    inPieces = !context.bodies().isPlain(requestOfVu);
    final ByteBuf rendered = context.rendered().take(local);
    if (rendered == null) {
      final boolean isHead = prepareTemplate(requestOfVu);
      final RequestTemplate template = context.template(requestOfVu);
      preparePieces(requestOfVu, template.headBytes(), template.filePositions());
      return isHead;
    }
    adopt(rendered);
    preparePieces(
        requestOfVu, context.rendered().headBytes(local), context.rendered().filePositions(local));
    persistent = context.rendered().isPersistent(local);
    return context.rendered().isHead(local);
  }

  private void preparePieces(final int requestOfVu, final int headBytes, final int[] positions) {
    if (inPieces) {
      if (pump == null) {
        pump = new BodyPump(context, this);
        body = new MixedBody(context.bodies());
      }
      body.begin(buffer, headBytes, buffer.writerIndex() - headBytes, positions, requestOfVu);
      continueNs = context.bodies().sending(requestOfVu).continueNs();
      head = headBytes;
    }
  }

  /** Whether the request is written in pieces, and begins to be. */
  boolean begins(final Channel channel, final boolean secured) {
    if (inPieces) {
      pump.begin(channel, secured, buffer.retainedSlice(0, head), body, continueNs);
    }
    return inPieces;
  }

  /** Whether the body has waited until now that the target wants it: the answer is yet to come. */
  boolean goesOn(final ResponseParser parser) {
    final boolean goes = inPieces && pump.isWaiting() && parser.isContinued();
    if (goes) {
      pump.goOn();
    }
    return goes;
  }

  /** The socket takes bytes again. */
  void onWritable() {
    if (inPieces) {
      pump.ready();
    }
  }

  @Override
  public void onAllOut() {
    out = true;
    handed();
  }

  /** A target may answer and hang up before it has read all: its answer, if any, counts. */
  @Override
  public void onWriteFailed(final Throwable cause) {
    if (cause instanceof IOException) {
      failure = cause;
    } else {
      context.onBug(cause);
    }
  }

  /** Why the request could not be written to its end; {@code null} while nothing says so. */
  Throwable failure() {
    return failure;
  }

  /** The bytes, for one who releases them when they are out. */
  ByteBuf retained() {
    return buffer.retain();
  }

  /**
   * What tells that the last byte is out. A request that the socket takes at once, as it does any
   * small one, needs no promise of its own where it is written at once.
   */
  ChannelPromise promise(final Channel channel) {
    if (lengthBytes <= SMALL_BYTES && !context.writesLater()) {
      return channel.voidPromise();
    }
    if (written == null) {
      written = new WrittenPromise(channel, this::onWritten);
    }
    return written;
  }

  private void onWritten() {
    out = true;
    handed();
  }

  /**
   * The channel has written what the socket took at once.
   *
   * @param left what the socket has yet to take, encrypted where the channel does so
   */
  void onFlush(final ChannelOutboundBuffer left) {
    if (!inPieces && isReleased()) {
      out = true;
      if (left != null && left.isEmpty()) {
        handed();
      }
    }
  }

  /** The response begins. */
  void onResponse() {
    out |= !inPieces && isReleased();
  }

  /** Whether the channel has taken all of it, as far as was looked. */
  boolean isOut() {
    return out;
  }

  /** When the socket had the last byte, {@link Completion#NULL_TIME} where that was not seen. */
  long handedNs() {
    return handedNs;
  }

  /** How much of it the socket is known to have taken. */
  long takenBytes() {
    if (inPieces) {
      return pump.takenBytes();
    }
    return out ? lengthBytes : buffer.readerIndex();
  }

  private void handed() {
    if (handedNs == Completion.NULL_TIME) {
      handedNs = context.clock.nanoTime();
    }
  }

  private boolean isReleased() {
    return buffer.refCnt() == 1;
  }

  /** Whether the request lets the connection stay open. */
  boolean isPersistent() {
    return persistent;
  }

  void release() {
    if (pump != null) {
      pump.stop();
    }
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }

  private boolean prepareTemplate(final int requestOfVu) {
    final RequestTemplate template = context.template(requestOfVu);
    if (request == requestOfVu) {
      buffer.setIndex(0, template.lengthBytes());
    } else {
      fill(template);
      request = requestOfVu;
    }
    lengthBytes = template.lengthBytes();
    persistent = template.isPersistent();
    return template.isHead();
  }

  private void adopt(final ByteBuf rendered) {
    release();
    buffer = rendered;
    request = NULL_REQUEST;
    lengthBytes = rendered.readableBytes();
  }

  private void fill(final RequestTemplate template) {
    final int length = template.lengthBytes();
    if (buffer == null || buffer.capacity() < length) {
      release();
      buffer = PooledByteBufAllocator.DEFAULT.directBuffer(length);
    }
    template.copyTo(buffer);
  }
}
