package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ContentBuffer;
import io.lockstep.engine.transport.failure.SystemReason;
import io.lockstep.engine.transport.http1.Progress;
import io.lockstep.engine.transport.http1.ResponseParser;
import io.lockstep.engine.transport.http1.ResponseSink;
import io.lockstep.engine.transport.http1.Violation;
import io.lockstep.engine.transport.route.RouteFailure;
import io.lockstep.engine.transport.tls.TlsFailure;
import io.lockstep.engine.transport.tls.TlsHandshake;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;

/**
 * One connection from its opening to its end, with at most one request on it. It is the only
 * handler of its channel but for what secures it. Lives on the shard's thread, within poll, send
 * and cancel; an exception that is no I/O failure is kept for the next poll to throw, since Netty
 * would only log it.
 */
final class ConnectionSession extends KeptConnection
    implements Approach.Listener, TlsHandshake.Listener {
  /** In place of the VU, where no request has been here yet. */
  static final int NO_VU = -1;

  private static final int NULL_REQUEST = -1;

  private enum State {
    /**
     * Opening, its handshake included, with a request that waits for it unless it is opened ahead.
     */
    CONNECTING,
    /** Open, without a request. */
    FREE,
    /** Open, with a request whose response is not complete. */
    BUSY,
    /** Of no more use. */
    CLOSED
  }

  private final ResponseParser parser;
  private Channel channel;
  private Channel.Unsafe unsafe;
  private State state = State.CONNECTING;
  private int local;
  private int request;
  private int requestSeq;
  private final RequestWire wire;
  private ResponseCapture capture;
  private boolean writing;
  private long openedNs;
  private long connectNs;
  private Approach approach;
  private TlsHandshake tls;
  private long tlsNs;
  private long sentNs;
  private long firstByteNs;
  private long bytesReceived;
  private boolean ahead;

  ConnectionSession(final SessionContext context) {
    super(context);
    this.parser = context.newParser();
    this.wire = new RequestWire(context);
  }

  int local() {
    return local;
  }

  /** Whether this request is under way here. */
  boolean carries(final int seq) {
    return !ahead && requestSeq == seq && (state == State.BUSY || state == State.CONNECTING);
  }

  /** Whether it is open and has no request. */
  boolean isFree() {
    return state == State.FREE;
  }

  /** Opens the connection though no request wants it yet; its age counts from the run's start. */
  void openAhead(final int vu) {
    local = vu;
    requestSeq = NULL_REQUEST;
    ahead = true;
    context.opened(this);
    approach();
  }

  /** Closes what was opened ahead, unless it is open. */
  void giveUpAhead() {
    if (ahead) {
      ahead = false;
      context.tally.onFailedAhead();
      abandon();
    }
  }

  /** Opens the connection for a request. */
  void open(final int vu, final int requestOfVu, final int seq) {
    assign(vu, requestOfVu, seq);
    context.opened(this);
    openedNs = context.clock.nanoTime();
    born(openedNs);
    context.timeouts().onConnect(vu, openedNs);
    approach();
  }

  private void approach() {
    approach = new Approach(context, this);
    approach.start();
  }

  /** Sends a request on the open connection. */
  void start(final int vu, final int requestOfVu, final int seq) {
    if (state != State.FREE) {
      throw context.busy(vu, seq);
    }
    context.idle().remove(this);
    assign(vu, requestOfVu, seq);
    transmit();
  }

  /** A pause of the generator has kept what was asked for since the last look from going out. */
  void onPause(final long fromNs, final long toNs) {
    if (state == State.BUSY && !wire.isOut()) {
      context.timeouts().postpone(local, request, fromNs, toNs);
    } else if (state == State.CONNECTING && !ahead && openedNs >= fromNs) {
      context.timeouts().postpone(local, request, fromNs, toNs);
      context.timeouts().onConnect(local, toNs);
    }
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
      onFailed(new TlsFailure(RequestOutcome.TLS_TIMEOUT, Reasons.TLS_TIMEOUT));
    } else if (state == State.CONNECTING) {
      final RouteFailure late = approach.timeout();
      connectNs = nowNs - openedNs;
      fail(late.outcome(), late.reason(), nowNs);
    } else if (state == State.BUSY) {
      fail(
          RequestOutcome.RESPONSE_TIMEOUT,
          Reasons.timeout(wire.handedNs(), firstByteNs, parser.part()),
          nowNs);
    } else {
      throw new IllegalStateException("VU " + context.vu(local) + " has no request, is " + state);
    }
  }

  @Override
  void abandon() {
    final boolean isSecured = tls != null && !tls.isUnderWay();
    state = State.CLOSED;
    if (approach != null) {
      approach.abandon();
      approach = null;
    }
    context.idle().remove(this);
    if (isSecured) {
      channel.close(); // says goodbye, if the socket takes it at once
    }
    if (unsafe != null) {
      unsafe.close(unsafe.voidPromise());
    }
    wire.release();
    if (capture != null) {
      capture.drop();
    }
    context.closed(this);
  }

  @Override
  public void onReached(final Channel reached) {
    approach = null;
    channel = reached;
    unsafe = reached.unsafe();
    channel.config().setAutoClose(context.bodies().isPlain()); // else an early answer is read first
    reached.pipeline().addLast(this);
    final long nowNs = context.clock.nanoTime();
    connectNs = ahead ? 0 : nowNs - openedNs;
    if (context.tls() == null) {
      onReady(nowNs);
    } else {
      tls = context.tls().begin(channel, this);
    }
  }

  /** The connection is open, and secured where it has to be. */
  private void onReady(final long nowNs) {
    context.tally.onOpened(ahead, context.tls() != null);
    if (ahead) {
      ahead = false;
      state = State.FREE;
      context.idle().add(this);
      context.policy().onFree(this);
    } else {
      context.timeouts().onConnected(local, Math.max(context.lookedNs(), openedNs), nowNs);
      transmit();
    }
  }

  @Override
  public void onUnreached(final RequestOutcome outcome, final String reason) {
    if (ahead) {
      giveUpAhead();
    } else {
      final long nowNs = context.clock.nanoTime();
      connectNs = nowNs - openedNs;
      fail(outcome, reason, nowNs);
    }
  }

  @Override
  public void onSecured() {
    try {
      if (state == State.CONNECTING) {
        final long nowNs = context.clock.nanoTime();
        tlsNs = ahead ? 0 : nowNs - openedNs - connectNs;
        onReady(nowNs);
      }
    } catch (final RuntimeException | Error e) {
      context.onBug(e);
    }
  }

  @Override
  public void onFailed(final TlsFailure failure) {
    try {
      if (state == State.CONNECTING && ahead) {
        giveUpAhead();
      } else if (state == State.CONNECTING) {
        final long nowNs = context.clock.nanoTime();
        tlsNs = nowNs - openedNs - connectNs;
        fail(failure.outcome(), failure.reason(), nowNs);
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
        context.tally.onStray();
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
        context.tally.onClosedIdle();
        abandon();
      } else if (state == State.BUSY) {
        final long nowNs = context.clock.nanoTime();
        if (parser.endOfInput()) {
          complete(RequestOutcome.RESPONSE, nowNs);
          abandon();
        } else if (wire.failure() != null) {
          failUnsent(nowNs);
        } else {
          fail(
              RequestOutcome.CLOSED_EARLY,
              Reasons.closed(wire.handedNs(), firstByteNs, parser.part()),
              nowNs);
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
      fail(failure.outcome(), failure.reason(), context.clock.nanoTime());
    } else if (state == State.FREE) {
      context.tally.onClosedIdle();
      abandon();
    } else if (state == State.BUSY && wire.failure() != null) {
      failUnsent(context.clock.nanoTime());
    } else if (state == State.BUSY) {
      final RequestOutcome outcome =
          writing ? FailureClassifier.onSend(cause) : FailureClassifier.onReceive(cause);
      fail(outcome, SystemReason.of(cause), context.clock.nanoTime());
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
  }

  @Override
  public void channelWritabilityChanged(final ChannelHandlerContext ctx) {
    if (state == State.BUSY && channel.isWritable()) {
      wire.onWritable();
    }
  }

  /** The request could not be written to its end, and nobody has answered it all the same. */
  private void failUnsent(final long nowNs) {
    fail(FailureClassifier.onSend(wire.failure()), SystemReason.of(wire.failure()), nowNs);
  }

  /** Writes past the pipeline where it holds no handler that would want to see it. */
  private void transmit() {
    final boolean isHead = wire.prepare(local, request);
    parser.begin(isHead, sink());
    state = State.BUSY;
    sentNs = context.clock.nanoTime();
    if (wire.begins(channel, tls != null)) {
      return;
    }
    writing = true;
    if (tls == null) {
      unsafe.write(wire.retained(), wire.promise(channel));
      unsafe.flush();
    } else {
      channel.write(wire.retained(), wire.promise(channel));
      channel.flush();
    }
    writing = false;
    if (state == State.BUSY) {
      wire.onFlush(unsafe.outboundBuffer());
    }
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

  private void receive(final ByteBuf in) {
    final long nowNs = context.clock.nanoTime();
    if (firstByteNs == Completion.NULL_TIME) {
      firstByteNs = nowNs;
      wire.onResponse();
    }
    final int readable = in.readableBytes();
    final Progress progress = parser.parse(in);
    bytesReceived += readable;
    switch (progress) {
      case MORE:
        firstByteNs = wire.goesOn(parser) ? Completion.NULL_TIME : firstByteNs;
        return;
      case COMPLETE:
        if (in.isReadable()) {
          violated(Violation.BEHIND_END, nowNs);
        } else {
          completeAndKeep(nowNs);
        }
        return;
      case VIOLATION:
        violated(parser.violation(), nowNs);
        return;
      case HEADER_TOO_LARGE:
        fail(RequestOutcome.HEADER_TOO_LARGE, Reasons.largeHeader(parser.part()), nowNs);
        return;
      case BODY_TOO_LARGE:
        fail(RequestOutcome.BODY_TOO_LARGE, Reasons.largeBody(parser.part()), nowNs);
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
    if (!wire.isOut() || !parser.isPersistent() || !wire.isPersistent()) {
      abandon();
    } else if (wearsOut()) {
      retire();
    } else {
      state = State.FREE;
      free(nowNs);
      context.idle().add(this);
      context.policy().onFree(this);
    }
  }

  private void violated(final Violation rule, final long nowNs) {
    fail(RequestOutcome.PROTOCOL_VIOLATION, rule.reason(parser.part()), nowNs);
  }

  private void fail(final RequestOutcome outcome, final String reason, final long nowNs) {
    complete(outcome, nowNs);
    context.completions.last().reason = reason;
    abandon();
  }

  private void fail(final TlsFailure failure, final long nowNs) {
    fail(failure.outcome(), failure.reason(), nowNs);
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
    completion.handedNs = wire.handedNs();
    completion.firstByteNs = firstByteNs;
    completion.lastByteNs = nowNs;
    completion.bytesSent = sentNs == Completion.NULL_TIME ? 0 : wire.takenBytes();
    completion.bytesReceived = bytesReceived;
    final ContentBuffer content =
        capture != null && outcome == RequestOutcome.RESPONSE ? capture.take() : null;
    if (content != null) {
      context.completions.attach(content);
    }
  }
}
