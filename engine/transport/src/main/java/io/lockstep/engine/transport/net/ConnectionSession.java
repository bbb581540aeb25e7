package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.transport.failure.SystemReason;
import io.lockstep.engine.transport.route.RouteFailure;
import io.lockstep.engine.transport.tls.TlsFailure;
import io.lockstep.engine.transport.tls.TlsHandshake;
import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;

/**
 * One connection from its opening to its end. Over HTTP/1.1 it has at most one request at a time;
 * where it comes to speak HTTP/2, a carrier has them. It is the only handler of its channel but for
 * what secures it. Lives on the shard's thread, within poll, send and cancel; an exception that is
 * no I/O failure is kept for the next poll to throw, since Netty would only log it.
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

  private Channel channel;
  private Channel.Unsafe unsafe;
  private State state = State.CONNECTING;
  private int local;
  private int request;
  private int requestSeq;
  private final Http1Exchange exchange;
  private long openedNs;
  private long connectNs;
  private Approach approach;
  private TlsHandshake tls;
  private long tlsNs;
  private boolean ahead;

  ConnectionSession(final SessionContext context) {
    super(context);
    this.exchange = new Http1Exchange(context);
  }

  /** The VU that has it to itself while it does; over HTTP/2 nobody has. */
  int local() {
    return carrier == null ? local : NO_VU;
  }

  /** The VU that it was opened for. */
  int home() {
    return local;
  }

  /** Whether this request is under way here. */
  boolean carries(final int vu, final int seq) {
    if (carrier != null) {
      return context.http2().request(vu).is(seq);
    }
    return !ahead && requestSeq == seq && (state == State.BUSY || state == State.CONNECTING);
  }

  /** Whether it is not open yet. */
  boolean isConnecting() {
    return state == State.CONNECTING;
  }

  @Override
  boolean isClosed() {
    return state == State.CLOSED;
  }

  @Override
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
    if (carrier != null) {
      carrier.start(vu, requestOfVu, seq);
      return;
    }
    if (state != State.FREE) {
      throw context.busy(vu, seq);
    }
    context.idle().remove(this);
    assign(vu, requestOfVu, seq);
    transmit();
  }

  /** A carrier has something to carry. */
  void occupied() {
    context.idle().remove(this);
    state = State.BUSY;
  }

  /** A carrier has nothing to carry any more, and goes on. */
  void freed(final long nowNs) {
    if (state == State.BUSY) {
      state = State.FREE;
      free(nowNs);
      context.idle().add(this);
    }
  }

  /** A carrier has carried all that it will: it is closed with a goodbye. */
  void conclude() {
    if (state == State.FREE) {
      context.tally.onClosedIdle();
    }
    state = State.FREE;
    abandon();
  }

  /** A pause of the generator has kept what was asked for since the last look from going out. */
  void onPause(final long fromNs, final long toNs) {
    if (carrier != null) {
      carrier.onPause(fromNs, toNs);
    } else if (state == State.BUSY && !exchange.isOut()) {
      context.timeouts().postpone(local, request, fromNs, toNs);
    } else if (state == State.CONNECTING && !ahead && openedNs >= fromNs) {
      context.timeouts().postpone(local, request, fromNs, toNs);
      context.timeouts().onConnect(local, toNs);
    }
  }

  /** Gives up the request; over HTTP/1.1, or while it is being opened, the connection with it. */
  void cancel(final int vu) {
    context.onEnd(vu);
    if (carrier == null) {
      abandon();
    } else {
      carrier.cancel(context.http2().request(vu));
    }
  }

  /** Ends the request, whose time is over, with all that was measured, as {@link #cancel}. */
  void expire(final int vu) {
    final long nowNs = context.clock.nanoTime();
    if (carrier != null) {
      carrier.expire(context.http2().request(vu), nowNs);
      return;
    }
    if (state == State.CONNECTING && tls != null) {
      onFailed(new TlsFailure(RequestOutcome.TLS_TIMEOUT, Reasons.TLS_TIMEOUT));
    } else if (state == State.CONNECTING) {
      final RouteFailure late = approach.timeout();
      connectNs = nowNs - openedNs;
      fail(late.outcome(), late.reason(), nowNs);
    } else if (state == State.BUSY) {
      fail(RequestOutcome.RESPONSE_TIMEOUT, exchange.timeoutReason(), nowNs);
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
    if (carrier != null) {
      carrier.sayGoodbye();
      carrier.close();
    }
    if (isSecured) {
      channel.close(); // says goodbye, if the socket takes it at once
    }
    if (unsafe != null) {
      unsafe.close(unsafe.voidPromise());
    }
    exchange.release();
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
    if (context.speaksHttp2(tls)) {
      carrier = new Http2Carrier(context, this, channel, tls != null);
    } else if (context.needsHttp2()) {
      onFailed(
          new TlsFailure(
              RequestOutcome.TLS_FAILED,
              "the target does not speak HTTP/2: it chose no protocol that was offered (ALPN)"));
      return;
    }
    context.tally.onOpened(ahead, context.tls() != null);
    if (ahead) {
      ahead = false;
      state = State.FREE;
      context.idle().add(this);
      context.policy().onFree(this);
    } else {
      context.timeouts().onConnected(local, Math.max(context.lookedNs(), openedNs), nowNs);
      if (carrier == null) {
        transmit();
      } else {
        carrier
            .start(local, request, requestSeq)
            .opened(
                connectNs, tlsNs, tls == null ? 0 : tls.version(), tls != null && tls.isResumed());
      }
    }
    context.policy().onReady(this);
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
      if (carrier != null && state != State.CLOSED) {
        carrier.receive(in, context.clock.nanoTime());
      } else if (state == State.BUSY) {
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
        if (carrier != null) {
          fail(RequestOutcome.CLOSED_EARLY, carrier.farewell(), nowNs);
        } else if (exchange.endOfInput()) {
          complete(RequestOutcome.RESPONSE, nowNs);
          abandon();
        } else if (exchange.failure() != null) {
          failUnsent(nowNs);
        } else {
          fail(RequestOutcome.CLOSED_EARLY, exchange.closedReason(), nowNs);
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
    } else if (state == State.BUSY && carrier == null && exchange.failure() != null) {
      failUnsent(context.clock.nanoTime());
    } else if (state == State.BUSY) {
      final RequestOutcome outcome =
          exchange.isWriting() || (carrier != null && carrier.isWriting())
              ? FailureClassifier.onSend(cause)
              : FailureClassifier.onReceive(cause);
      fail(outcome, SystemReason.of(cause), context.clock.nanoTime());
    }
  }

  private void assign(final int vu, final int requestOfVu, final int seq) {
    local = vu;
    request = requestOfVu;
    requestSeq = seq;
    connectNs = 0;
    tlsNs = 0;
    exchange.reset();
  }

  @Override
  public void channelWritabilityChanged(final ChannelHandlerContext ctx) {
    if (state == State.BUSY && carrier == null && channel.isWritable()) {
      exchange.onWritable();
    }
  }

  /** The request could not be written to its end, and nobody has answered it all the same. */
  private void failUnsent(final long nowNs) {
    final Throwable failure = exchange.failure();
    fail(FailureClassifier.onSend(failure), SystemReason.of(failure), nowNs);
  }

  private void transmit() {
    exchange.begin(local, request);
    state = State.BUSY;
    if (exchange.begins(channel, tls != null)) {
      return;
    }
    exchange.transmit(channel, tls != null);
    if (state == State.BUSY) {
      exchange.onFlush(channel);
    }
  }

  private void receive(final ByteBuf in) {
    final long nowNs = context.clock.nanoTime();
    final RequestOutcome end = exchange.receive(in, nowNs);
    if (end == RequestOutcome.RESPONSE) {
      completeAndKeep(nowNs);
    } else if (end != null) {
      fail(end, exchange.reason(), nowNs);
    }
  }

  /**
   * Ends the request; the connection stays open if both sides want it and the request is all out.
   */
  private void completeAndKeep(final long nowNs) {
    complete(RequestOutcome.RESPONSE, nowNs);
    if (!exchange.isPersistent()) {
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

  private void fail(final RequestOutcome outcome, final String reason, final long nowNs) {
    if (carrier != null) {
      carrier.fail(outcome, reason, nowNs);
    } else {
      if (state == State.CONNECTING) {
        context.policy().onNotOpened(this, outcome, reason);
      }
      complete(outcome, nowNs);
      context.completions.last().reason = reason;
    }
    abandon();
  }

  private void complete(final RequestOutcome outcome, final long nowNs) {
    context.onEnd(local);
    final Completion completion = context.completions.offer();
    completion.vu = context.vu(local);
    completion.requestSeq = requestSeq;
    completion.outcome = outcome;
    completion.connectNs = connectNs;
    if (tlsNs > 0) {
      completion.tlsNs = tlsNs;
      completion.tlsVersion = exchange.isSent() ? tls.version() : 0;
      completion.tlsResumed = completion.tlsVersion != 0 && tls.isResumed();
    }
    completion.lastByteNs = nowNs;
    exchange.tell(completion, outcome);
  }
}
