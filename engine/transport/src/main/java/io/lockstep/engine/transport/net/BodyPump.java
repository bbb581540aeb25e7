package io.lockstep.engine.transport.net;

import io.lockstep.engine.transport.body.BodySource;
import io.lockstep.scenario.plan.Sending;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Writes a request in pieces: its head, then its body as the socket takes it, at most {@value
 * #TURN_BYTES} bytes a turn, so that one upload holds nobody else up. The body may first wait until
 * the target wants it. Belongs to a connection; lives on the shard's thread.
 */
final class BodyPump {
  /** Largest piece. */
  static final int PIECE_BYTES = 64 << 10;

  /** Most bytes before others have their turn. */
  static final int TURN_BYTES = 1 << 20;

  /** The connection, which is told what becomes of the request. */
  interface Listener {
    /** The socket has the last byte. */
    void onAllOut();

    /** A piece could not be written. */
    void onWriteFailed(Throwable cause);
  }

  private enum State {
    /** There is no request, or nothing more of it is written. */
    IDLE,
    /** The head is written, the body waits to be wanted. */
    WAITING,
    /** The body is being written. */
    RUNNING
  }

  private final SessionContext context;
  private final Listener listener;
  private State state = State.IDLE;
  private Channel channel;
  private boolean secured;
  private BodySource source;
  private long takenBytes;
  private boolean turning;
  private boolean queued;
  private Future<?> patience;

  BodyPump(final SessionContext context, final Listener listener) {
    this.context = context;
    this.listener = listener;
  }

  /**
   * Begins a request.
   *
   * @param head its head, to be released when it is out
   * @param body what follows
   * @param continueNs how long that waits, {@link Sending#AT_ONCE} for not at all
   */
  void begin(
      final Channel onto,
      final boolean isSecured,
      final ByteBuf head,
      final BodySource body,
      final long continueNs) {
    channel = onto;
    secured = isSecured;
    source = body;
    takenBytes = 0;
    final boolean hasBody = body.remainingBytes() > 0;
    state = hasBody && continueNs != Sending.AT_ONCE ? State.WAITING : State.RUNNING;
    write(head, !hasBody);
    flush();
    if (state == State.WAITING) {
      patience = context.loop().schedule(this::goOn, continueNs, TimeUnit.NANOSECONDS);
    } else {
      turn();
    }
  }

  /** Whether the body waits to be wanted. */
  boolean isWaiting() {
    return state == State.WAITING;
  }

  /** The target wants the body, or nobody waits for that any longer. */
  void goOn() {
    if (state == State.WAITING) {
      forgetPatience();
      state = State.RUNNING;
      ready();
    }
  }

  /** How much of the request the socket is known to have taken. */
  long takenBytes() {
    return takenBytes;
  }

  /** Nothing more is written. */
  void stop() {
    state = State.IDLE;
    forgetPatience();
  }

  /** The socket takes bytes again. */
  void ready() {
    if (state == State.RUNNING && !turning && !queued && source.remainingBytes() > 0) {
      queued = true;
      context.pumps().add(this);
    }
  }

  /** Its turn has come; returns how many pieces it wrote. */
  int turn() {
    queued = false;
    if (state != State.RUNNING) {
      return 0;
    }
    turning = true;
    int pieces = 0;
    try {
      for (long left = TURN_BYTES; left > 0 && canWrite(); ) {
        long batch = PIECE_BYTES;
        while (batch > 0 && canWrite()) {
          final ByteBuf piece = source.next((int) batch);
          batch -= piece.readableBytes();
          left -= piece.readableBytes();
          write(piece, source.remainingBytes() == 0);
          pieces++;
        }
        flush();
      }
    } catch (final RuntimeException | Error e) {
      stop();
      context.onBug(e);
    } finally {
      turning = false;
    }
    if (canWrite()) {
      ready();
    }
    return pieces;
  }

  private boolean canWrite() {
    return state == State.RUNNING && source.remainingBytes() > 0 && channel.isWritable();
  }

  private void write(final ByteBuf piece, final boolean last) {
    final int length = piece.readableBytes();
    final ChannelPromise promise = channel.newPromise();
    promise.addListener(
        write -> {
          if (state == State.IDLE) {
            return;
          }
          if (!write.isSuccess()) {
            stop();
            listener.onWriteFailed(write.cause());
            return;
          }
          takenBytes += length;
          if (last) {
            stop();
            listener.onAllOut();
          }
        });
    if (secured) {
      channel.write(piece, promise);
    } else {
      channel.unsafe().write(piece, promise);
    }
  }

  private void flush() {
    if (secured) {
      channel.flush();
    } else {
      channel.unsafe().flush();
    }
  }

  private void forgetPatience() {
    if (patience != null) {
      patience.cancel(false);
      patience = null;
    }
  }
}
