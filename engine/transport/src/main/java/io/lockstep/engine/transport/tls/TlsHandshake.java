package io.lockstep.engine.transport.tls;

import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.util.Locale;

/**
 * One connection's handshake, and what was learnt in it. Stands before the engine in the pipeline
 * until it is over, so that it knows whose turn it is. On the shard's thread.
 */
public final class TlsHandshake extends ChannelInboundHandlerAdapter
    implements GenericFutureListener<Future<Channel>> {
  /** Takes the end of a handshake. */
  public interface Listener {
    /** The connection is secured. */
    void onSecured();

    /** The handshake failed; the connection is of no use. */
    void onFailed(TlsFailure failure);
  }

  private final HandshakeTracker tracker;
  private final SslHandler engine;
  private final Listener listener;
  private final FailureReader reader;
  private boolean hasCertificates;
  private boolean wasAsked;
  private boolean isOver;
  private TlsFailure refusal;

  TlsHandshake(
      final HandshakeTracker tracker,
      final SslHandler engine,
      final boolean hasIdentity,
      final Listener listener) {
    this.tracker = tracker;
    this.engine = engine;
    this.listener = listener;
    this.reader = new FailureReader(hasIdentity);
  }

  /** Begins on a channel that is connected: sends the first message. */
  void begin(final Channel channel) {
    final TlsHandshake before = tracker.enter(this);
    try {
      engine.handshakeFuture().addListener(this);
      channel.pipeline().addFirst(this, engine);
    } finally {
      tracker.enter(before);
    }
  }

  /** Whether it is not over. */
  public boolean isUnderWay() {
    return !isOver;
  }

  /** Whether a session of an earlier connection was resumed: no certificate was shown. */
  public boolean isResumed() {
    return isOver && !hasCertificates;
  }

  /** The version agreed on, as on the wire; 0 where none is known. */
  public int version() {
    final String protocol = engine.engine().getSession().getProtocol();
    return switch (protocol.toUpperCase(Locale.ROOT)) {
      case "TLSV1.2" -> 0x0303;
      case "TLSV1.3" -> 0x0304;
      default -> 0;
    };
  }

  /** The protocol agreed on for what the connection carries; {@code null} where none was. */
  public String applicationProtocol() {
    return engine.applicationProtocol();
  }

  /**
   * What an exception means that came on the connection, be it in the handshake or, as with
   * certificates of clients in TLS 1.3, after it; {@code null} where it has nothing to do with TLS.
   */
  public TlsFailure explain(final Throwable cause) {
    return refusal != null && !isOver ? refusal : reader.read(cause, wasAsked, isOver);
  }

  void onCertificates() {
    hasCertificates = true;
  }

  void onRefused(final TlsFailure failure) {
    refusal = failure;
  }

  void onAsked() {
    wasAsked = true;
  }

  @Override
  public void channelRead(final ChannelHandlerContext context, final Object message) {
    final TlsHandshake before = tracker.enter(this);
    try {
      context.fireChannelRead(message);
    } finally {
      tracker.enter(before);
      if (isOver && !context.isRemoved()) {
        context.pipeline().remove(this);
      }
    }
  }

  @Override
  public void operationComplete(final Future<Channel> handshake) {
    if (isOver) {
      return;
    }
    if (handshake.isSuccess()) {
      isOver = true;
      listener.onSecured();
    } else {
      final TlsFailure known = explain(handshake.cause());
      isOver = true;
      listener.onFailed(
          known == null
              ? TlsFailure.of(
                  RequestOutcome.TLS_BROKEN, "the connection was closed in the TLS handshake")
              : known);
    }
  }
}
