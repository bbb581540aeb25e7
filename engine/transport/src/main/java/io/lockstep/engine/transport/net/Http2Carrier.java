package io.lockstep.engine.transport.net;

import io.lockstep.engine.transport.http2.ClientConnection;
import io.lockstep.engine.transport.http2.ClientStream;
import io.lockstep.engine.transport.http2.RequestHead;
import io.lockstep.engine.transport.http2.StreamEnd;
import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.Arrays;

/**
 * What a connection that speaks HTTP/2 carries: many requests at a time. What is to be sent is
 * collected and sent between two runs of the loop, so that requests that begin together share a
 * system call. Lives on the shard's thread.
 */
final class Http2Carrier implements ChannelFutureListener {
  private static final int FIRST_UNHANDED = 8;

  /** In which frames are counted that bring nothing. */
  private static final long INTERVAL_NS = 1_000_000_000L;

  /** Most bytes before others have their turn. */
  private static final int TURN_BYTES = 1 << 20;

  private final SessionContext context;
  private final ConnectionSession session;
  private final ClientConnection connection;
  private final Channel channel;
  private final boolean isSecured;

  /** Requests under way whose last byte is not known to be handed over. */
  private Http2Request[] unhanded = new Http2Request[FIRST_UNHANDED];

  private int unhandedCount;
  private boolean isFull;
  private boolean isDrained;
  private boolean isRetiring;
  private boolean isClosed;
  private boolean writing;
  private long nowNs;
  private long lastReadNs = Long.MIN_VALUE;
  private long intervalNs;

  /** What all requests come to since the connection is gone; {@code null} while it is not. */
  private RequestOutcome failure;

  /** Whether it is listed as having something to send. */
  boolean isTouched;

  Http2Carrier(
      final SessionContext context,
      final ConnectionSession session,
      final Channel channel,
      final boolean isSecured) {
    this.context = context;
    this.session = session;
    this.channel = channel;
    this.isSecured = isSecured;
    connection = new ClientConnection(context.http2().limits());
    connection.begin();
    touch();
  }

  /** When what is being handled has happened. */
  long nowNs() {
    return nowNs;
  }

  int streams() {
    return connection.streams();
  }

  boolean hasRoom() {
    return !isDrained && connection.hasRoom();
  }

  /** Whether it was said that no further request begins here. */
  boolean isDrained() {
    return isDrained;
  }

  /** Whether the system call that sends is being made. */
  boolean isWriting() {
    return writing;
  }

  /** Begins a request; there must be room. */
  Http2Request start(final int local, final int request, final int seq) {
    session.occupied();
    final RequestHead head = context.http2().head(local, request);
    final Http2Request stream = context.http2().request(local);
    stream.begin(this, request, seq);
    connection.open(stream, head, stream.takeSink());
    if (unhandedCount == unhanded.length) {
      unhanded = Arrays.copyOf(unhanded, 2 * unhandedCount);
    }
    unhanded[unhandedCount++] = stream;
    touch();
    if (context.isPerRequest()) {
      drain();
    } else if (session.wearsOut()) {
      wearOut();
    }
    return stream;
  }

  /** Takes no further request, since a limit of this side says so. */
  void wearOut() {
    isRetiring = true;
    drain();
  }

  private void drain() {
    connection.drain();
    checkDraining();
  }

  private void checkDraining() {
    if (!isDrained && !connection.takesMore()) {
      isDrained = true;
      context.policy().onDraining(session);
    }
  }

  /** Something has happened on the connection, and is handled: what is to become of it now? */
  private void settle() {
    if (session.isClosed()) {
      return;
    }
    if (connection.isBroken()) {
      flush();
      if (!session.isClosed()) {
        session.abandon();
      }
      return;
    }
    checkDraining();
    if (connection.streams() == 0) {
      if (isRetiring) {
        session.retire();
        return;
      }
      if (isDrained) {
        session.conclude();
        return;
      }
      session.freed(nowNs);
    }
    if (hasRoom()) {
      context.policy().onRoom(session);
    }
  }

  /** Takes what was read. */
  void receive(final ByteBuf in, final long atNs) {
    nowNs = atNs;
    lastReadNs = atNs;
    if (atNs - intervalNs >= INTERVAL_NS) {
      intervalNs = atNs;
      connection.onInterval();
    }
    connection.receive(in);
    if (connection.outputBytes() > 0) {
      touch();
    }
    settle();
  }

  /** Gives a request up; the connection goes on. */
  void cancel(final Http2Request stream) {
    connection.cancel(stream);
    stream.drop();
    onEnded(stream);
    touch();
    nowNs = context.clock.nanoTime();
    settle();
  }

  /**
   * Ends a request, whose time is over, with all that was measured. The connection goes on; where
   * nothing at all has come since the request was sent it may be dead, and takes no further one.
   */
  void expire(final Http2Request stream, final long atNs) {
    nowNs = atNs;
    final boolean isSilent = lastReadNs < stream.sentNs();
    connection.cancel(stream);
    end(stream, RequestOutcome.RESPONSE_TIMEOUT, null);
    touch();
    if (isSilent) {
      drain();
    }
    settle();
  }

  /** All requests fail: the connection is gone. */
  void fail(final RequestOutcome outcome, final String reason, final long atNs) {
    nowNs = atNs;
    failure = outcome;
    connection.end(StreamEnd.RESET, reason);
  }

  /** What the target said of why it goes away; {@code null} for nothing. */
  String farewell() {
    return connection.farewell();
  }

  /** A pause of the generator has kept what was asked for from going out. */
  void onPause(final long fromNs, final long toNs) {
    for (ClientStream s = connection.first(); s != null; s = s.after()) {
      ((Http2Request) s).onPause(fromNs, toNs);
    }
  }

  /** A request is over. */
  void end(final Http2Request stream, final RequestOutcome outcome, final String reason) {
    stream.complete(failure == null ? outcome : failure, nowNs, reason);
    onEnded(stream);
  }

  /** A request has left the connection. */
  void onEnded(final Http2Request stream) {
    for (int i = 0; i < unhandedCount; i++) {
      if (unhanded[i] == stream) {
        unhanded[i] = unhanded[--unhandedCount];
        break;
      }
    }
    context.policy().onEnded(session, stream.local());
  }

  /** Frees memory; what it still carries ends without completions. */
  void close() {
    while (connection.streams() > 0) {
      final Http2Request stream = (Http2Request) connection.first();
      connection.cancel(stream);
      stream.drop();
      context.policy().onEnded(session, stream.local());
    }
    connection.end(StreamEnd.RESET, null);
    isClosed = true;
    connection.close();
    unhandedCount = 0;
  }

  /** Sends what there is while the socket takes all of it, until it is somebody else's turn. */
  void flush() {
    final boolean hadRoom = hasRoom();
    isTouched = false;
    send();
    if (!hadRoom && !session.isClosed() && hasRoom()) {
      context.policy().onRoom(session);
    }
  }

  private void send() {
    int sentBytes = 0;
    while (!isClosed && !isFull && connection.outputBytes() > 0) {
      if (sentBytes >= TURN_BYTES) {
        touch();
        return;
      }
      sentBytes += connection.outputBytes();
      final ByteBuf out = connection.output().retain();
      writing = true;
      if (isSecured) {
        channel.write(out, channel.voidPromise());
        channel.flush();
      } else {
        channel.unsafe().write(out, channel.voidPromise());
        channel.unsafe().flush();
      }
      writing = false;
      if (session.isClosed()) {
        return;
      }
      for (int i = 0; i < unhandedCount; i++) {
        unhanded[i].given();
      }
      connection.written();
      final ChannelOutboundBuffer left = channel.unsafe().outboundBuffer();
      if (left == null || left.isEmpty()) {
        onDrained();
      } else {
        isFull = true;
        channel.unsafe().write(Unpooled.EMPTY_BUFFER, channel.newPromise().addListener(this));
        channel.unsafe().flush();
      }
    }
  }

  /** Says goodbye, where it carries nothing and the socket takes it at once. */
  void sayGoodbye() {
    if (connection.streams() == 0 && !connection.isBroken() && !isFull && channel.isActive()) {
      connection.sayGoodbye();
      flush();
    }
  }

  /** The socket has taken all that it could not take at once. */
  @Override
  public void operationComplete(final ChannelFuture written) {
    try {
      isFull = false;
      if (written.isSuccess() && !session.isClosed()) {
        onDrained();
        touch();
      }
    } catch (final RuntimeException | Error e) {
      context.onBug(e);
    }
  }

  private void onDrained() {
    if (unhandedCount > 0) {
      final long handedNs = context.clock.nanoTime();
      int left = 0;
      for (int i = 0; i < unhandedCount; i++) {
        final Http2Request stream = unhanded[i];
        if (!stream.handed(handedNs)) {
          unhanded[left++] = stream;
        }
      }
      unhandedCount = left;
    }
    connection.drained();
  }

  private void touch() {
    context.http2().touch(this);
  }
}
