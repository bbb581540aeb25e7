package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ContentBuffer;
import io.lockstep.engine.transport.http1.Progress;
import io.lockstep.engine.transport.http1.RequestTemplate;
import io.lockstep.engine.transport.http1.ResponseParser;
import io.lockstep.engine.transport.http1.ResponseSink;
import io.lockstep.engine.transport.tls.TlsFailure;
import io.lockstep.engine.transport.tls.TlsHandshake;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;

/**
 * One connection from its opening to its end, with at most one request on it. It is the only
 * handler of its channel but for what secures it. Lives on the shard's thread, within poll, send
 * and cancel; an exception that is no I/O failure is kept for the next poll to throw, since Netty
 * would only log it.
 */
final class ConnectionSession extends ChannelInboundHandlerAdapter
    implements ChannelFutureListener, TlsHandshake.Listener {
  private static final int NULL_REQUEST = -1;

  /** Fits into any socket's empty send buffer. */
  private static final int SMALL_BYTES = 4 * 1024;

  private enum State {
    /** Opening, its handshake included, with a request that waits for it. */
    CONNECTING,
    /** Open, without a request. */
    FREE,
    /** Open, with a request whose response is not complete. */
    BUSY,
    /** Of no more use. */
    CLOSED
  }

  ConnectionSession nextOpen;
  ConnectionSession previousOpen;
  ConnectionSession nextFree;
  ConnectionSession previousFree;
  boolean listedFree;

  private final SessionContext context;
  private final ResponseParser parser;
  private Channel channel;
  private Channel.Unsafe unsafe;
  private State state = State.CONNECTING;
  private int local;
  private int request;
  private int requestSeq;
  private ByteBuf wire;
  private int wireRequest = NULL_REQUEST;
  private int wireLength;
  private boolean persistent;
  private ResponseCapture capture;
  private boolean writing;
  private boolean flushed;
  private long openedNs;
  private long connectNs;
  private TlsHandshake tls;
  private long tlsNs;
  private long sentNs;
  private long firstByteNs;
  private long bytesReceived;

  ConnectionSession(final SessionContext context) {
    this.context = context;
    this.parser = context.newParser();
  }

  int local() {
    return local;
  }

  /** Whether this request is under way here. */
  boolean carries(final int seq) {
    return requestSeq == seq && (state == State.BUSY || state == State.CONNECTING);
  }

  /** Opens the connection for a request. */
  void open(final int vu, final int requestOfVu, final int seq) {
    assign(vu, requestOfVu, seq);
    context.opened(this);
    openedNs = context.clock.nanoTime();
    context.timeouts().onConnect(vu, openedNs);
    try {
      channel = context.newChannel();
    } catch (final ChannelException e) {
      fail(FailureClassifier.onConnect(e), context.clock.nanoTime());
      return;
    }
    unsafe = channel.unsafe();
    channel.pipeline().addLast(this);
    final EventLoop loop = context.loop();
    final ChannelFuture registered = loop.register(channel);
    if (!registered.isDone() || registered.isSuccess()) {
      channel.connect(context.address()).addListener(this);
    } else {
      operationComplete(registered);
    }
  }

  /** Sends a request on the open connection. */
  void start(final int vu, final int requestOfVu, final int seq) {
    if (state != State.FREE) {
      throw context.busy(vu, seq);
    }
    assign(vu, requestOfVu, seq);
    transmit();
  }

  /** Gives up the request, and the connection with it. */
  void cancel() {
    context.onEnd(local);
    abandon();
  }

  /** Ends the request, whose time is over, with all that was measured, and its connection. */
  void expire() {
    final long nowNs = context.clock.nanoTime();
    if (state == State.CONNECTING && tls != null) {
      onFailed(new TlsFailure(RequestOutcome.TLS_TIMEOUT, null));
    } else if (state == State.CONNECTING) {
      connectNs = nowNs - openedNs;
      fail(RequestOutcome.CONNECT_TIMEOUT, nowNs);
    } else if (state == State.BUSY) {
      fail(RequestOutcome.RESPONSE_TIMEOUT, nowNs);
    } else {
      throw new IllegalStateException("VU " + context.vu(local) + " has no request, is " + state);
    }
  }

  /** Closes the connection; its request, if any, ends without a completion. */
  void abandon() {
    final boolean isSecured = tls != null && !tls.isUnderWay();
    state = State.CLOSED;
    if (isSecured) {
      channel.close(); // says goodbye, if the socket takes it at once
    }
    if (unsafe != null) {
      unsafe.close(unsafe.voidPromise());
    }
    if (wire != null) {
      wire.release();
      wire = null;
    }
    if (capture != null) {
      capture.drop();
    }
    context.closed(this);
  }

  @Override
  public void operationComplete(final ChannelFuture connect) {
    try {
      if (state != State.CONNECTING) {
        return;
      }
      final long nowNs = context.clock.nanoTime();
      connectNs = nowNs - openedNs;
      if (connect.isSuccess()) {
        onConnected();
      } else if (connect.cause() instanceof IOException) {
        fail(FailureClassifier.onConnect(connect.cause()), nowNs);
      } else {
        context.onBug(connect.cause());
      }
    } catch (final RuntimeException | Error e) {
      context.onBug(e);
    }
  }

  private void onConnected() {
    if (context.tls() == null) {
      context.timeouts().onConnected(local);
      transmit();
    } else {
      tls = context.tls().begin(channel, this);
    }
  }

  @Override
  public void onSecured() {
    try {
      if (state == State.CONNECTING) {
        tlsNs = context.clock.nanoTime() - openedNs - connectNs;
        context.timeouts().onConnected(local);
        transmit();
      }
    } catch (final RuntimeException | Error e) {
      context.onBug(e);
    }
  }

  @Override
  public void onFailed(final TlsFailure failure) {
    try {
      if (state == State.CONNECTING) {
        final long nowNs = context.clock.nanoTime();
        tlsNs = nowNs - openedNs - connectNs;
        fail(failure, nowNs);
      }
    } catch (final RuntimeException | Error e) {
      context.onBug(e);
    }
  }

  @Override
  public void channelRead(final ChannelHandlerContext ctx, final Object message) {
    final ByteBuf in = (ByteBuf) message;
    try {
      if (state == State.BUSY) {
        receive(in);
      } else if (state == State.FREE) {
        context.onStrayInput();
        abandon();
      }
    } catch (final RuntimeException | Error e) {
      context.onBug(e);
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(final ChannelHandlerContext ctx) {
    // Ends here: nothing further down the pipeline wants to know.
  }

  @Override
  public void channelInactive(final ChannelHandlerContext ctx) {
    try {
      if (state == State.FREE) {
        abandon();
      } else if (state == State.BUSY) {
        final long nowNs = context.clock.nanoTime();
        if (parser.endOfInput()) {
          complete(RequestOutcome.RESPONSE, nowNs);
          abandon();
        } else {
          fail(RequestOutcome.CLOSED_EARLY, nowNs);
        }
      }
    } catch (final RuntimeException | Error e) {
      context.onBug(e);
    }
  }

  @Override
  public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable thrown) {
    final Throwable cause =
        thrown instanceof DecoderException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    final TlsFailure failure = tls == null ? null : tls.explain(cause);
    if (!(cause instanceof IOException)) {
      context.onBug(cause);
    } else if (failure != null && state == State.CONNECTING) {
      onFailed(failure);
    } else if (failure != null && state == State.BUSY) {
      fail(failure, context.clock.nanoTime());
    } else if (state == State.FREE) {
      abandon();
    } else if (state == State.BUSY) {
      final RequestOutcome outcome =
          writing ? FailureClassifier.onSend(cause) : FailureClassifier.onReceive(cause);
      fail(outcome, context.clock.nanoTime());
    }
  }

  private void assign(final int vu, final int requestOfVu, final int seq) {
    local = vu;
    request = requestOfVu;
    requestSeq = seq;
    connectNs = 0;
    tlsNs = 0;
    sentNs = Completion.NULL_TIME;
    firstByteNs = Completion.NULL_TIME;
    bytesReceived = 0;
    flushed = false;
  }

  /**
   * Writes past the pipeline where it holds no handler that would want to see it. The connection's
   * own buffer is written, never the shared template; it still holds the bytes if the request is
   * the same as the last. A rendered request brings its buffer.
   */
  private void transmit() {
    final ByteBuf rendered = context.rendered().take(local);
    final boolean isHead;
    if (rendered == null) {
      isHead = prepareTemplate();
    } else {
      adopt(rendered);
      isHead = context.rendered().isHead(local);
      persistent = context.rendered().isPersistent(local);
    }
    parser.begin(isHead, sink());
    state = State.BUSY;
    sentNs = context.clock.nanoTime();
    writing = true;
    if (tls == null) {
      unsafe.write(wire.retain(), writePromise());
      unsafe.flush();
    } else {
      channel.write(wire.retain(), writePromise());
      channel.flush();
    }
    writing = false;
    flushed |= state == State.BUSY && wire.refCnt() == 1;
  }

  /**
   * What tells that the last byte is out. A request that the socket takes at once, as it does any
   * small one, needs no promise of its own.
   */
  private ChannelPromise writePromise() {
    if (wireLength <= SMALL_BYTES) {
      return channel.voidPromise();
    }
    return channel
        .newPromise()
        .addListener(
            write -> {
              if (write.isSuccess()) {
                flushed = true;
              } else {
                channel.pipeline().fireExceptionCaught(write.cause()); // as a void promise does
              }
            });
  }

  /** What takes the response; {@code null} where nothing of it is kept. */
  private ResponseSink sink() {
    final Capture read = context.capture(request);
    if (read == null) {
      return null;
    }
    if (capture == null) {
      capture = context.newCapture();
    }
    capture.begin(read);
    return capture;
  }

  /** Makes the wire hold the request's template; returns whether the response has a head only. */
  private boolean prepareTemplate() {
    final RequestTemplate template = context.template(request);
    if (wireRequest == request) {
      wire.setIndex(0, template.lengthBytes());
    } else {
      fillWire(template);
    }
    wireLength = template.lengthBytes();
    persistent = template.isPersistent();
    return template.isHead();
  }

  private void adopt(final ByteBuf rendered) {
    if (wire != null) {
      wire.release();
    }
    wire = rendered;
    wireRequest = NULL_REQUEST;
    wireLength = rendered.readableBytes();
  }

  private void fillWire(final RequestTemplate template) {
    final int length = template.lengthBytes();
    if (wire == null || wire.capacity() < length) {
      if (wire != null) {
        wire.release();
      }
      wire = PooledByteBufAllocator.DEFAULT.directBuffer(length);
    }
    template.copyTo(wire);
    wireRequest = request;
  }

  private void receive(final ByteBuf in) {
    final long nowNs = context.clock.nanoTime();
    if (bytesReceived == 0) {
      firstByteNs = nowNs;
      flushed |= wire.refCnt() == 1;
    }
    final int readable = in.readableBytes();
    final Progress progress = parser.parse(in);
    bytesReceived += readable;
    switch (progress) {
      case MORE:
        return;
      case COMPLETE:
        if (in.isReadable()) {
          fail(RequestOutcome.PROTOCOL_VIOLATION, nowNs);
        } else {
          completeAndKeep(nowNs);
        }
        return;
      case VIOLATION:
        fail(RequestOutcome.PROTOCOL_VIOLATION, nowNs);
        return;
      case HEADER_TOO_LARGE:
        fail(RequestOutcome.HEADER_TOO_LARGE, nowNs);
        return;
      case BODY_TOO_LARGE:
        fail(RequestOutcome.BODY_TOO_LARGE, nowNs);
        return;
      default:
        throw new IllegalStateException("no outcome for " + progress);
    }
  }

  /**
   * Ends the request; the connection stays open if both sides want it and the request is all out.
   */
  private void completeAndKeep(final long nowNs) {
    complete(RequestOutcome.RESPONSE, nowNs);
    if (flushed && parser.isPersistent() && persistent) {
      state = State.FREE;
      context.policy().onFree(this);
    } else {
      abandon();
    }
  }

  private void fail(final RequestOutcome outcome, final long nowNs) {
    complete(outcome, nowNs);
    abandon();
  }

  private void fail(final TlsFailure failure, final long nowNs) {
    complete(failure.outcome(), nowNs);
    context.completions.last().reason = failure.reason();
    abandon();
  }

  private void complete(final RequestOutcome outcome, final long nowNs) {
    context.onEnd(local);
    final Completion completion = context.completions.offer();
    completion.vu = context.vu(local);
    completion.requestSeq = requestSeq;
    completion.outcome = outcome;
    completion.status = sentNs == Completion.NULL_TIME ? 0 : parser.status();
    completion.connectNs = connectNs;
    if (tlsNs > 0) {
      completion.tlsNs = tlsNs;
      completion.tlsVersion = sentNs == Completion.NULL_TIME ? 0 : tls.version();
      completion.tlsResumed = completion.tlsVersion != 0 && tls.isResumed();
    }
    completion.sentNs = sentNs;
    completion.firstByteNs = firstByteNs;
    completion.lastByteNs = nowNs;
    completion.bytesSent = bytesSent();
    completion.bytesReceived = bytesReceived;
    final ContentBuffer content =
        capture != null && outcome == RequestOutcome.RESPONSE ? capture.take() : null;
    if (content != null) {
      context.completions.attach(content);
    }
  }

  /** What the socket is known to have taken of the request. */
  private long bytesSent() {
    if (sentNs == Completion.NULL_TIME) {
      return 0;
    }
    return flushed ? wireLength : wire.readerIndex();
  }
}
