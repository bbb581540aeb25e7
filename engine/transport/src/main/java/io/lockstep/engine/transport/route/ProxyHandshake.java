package io.lockstep.engine.transport.route;

import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * One connection's talk with a proxy, until the way to the target is open. Stands first in the
 * pipeline while it lasts, and is gone before anybody hears of its end. On the shard's thread.
 */
public abstract class ProxyHandshake extends ChannelInboundHandlerAdapter {
  /** Takes the end of a handshake. */
  public interface Listener {
    /** What is sent from now on goes to the target. */
    void onTunnel();

    /** The proxy did not open the way; the connection is of no use. */
    void onProxyFailed(RouteFailure failure);

    /** Something happened that no I/O explains. */
    void onBug(Throwable cause);
  }

  final ProxyServer proxy;
  private final Listener listener;
  private Channel channel;
  private boolean isOver;

  ProxyHandshake(final ProxyServer proxy, final Listener listener) {
    this.proxy = proxy;
    this.listener = listener;
  }

  /** Begins on a channel that is connected to the proxy. */
  final void begin(final Channel connected) {
    channel = connected;
    connected.pipeline().addFirst(this);
    start();
  }

  /** Whether it is not over. */
  public final boolean isUnderWay() {
    return !isOver;
  }

  /** What is said where the time for it is over. */
  public final RouteFailure timeout() {
    return RouteFailure.of(
        RequestOutcome.PROXY_TIMEOUT, "the proxy " + proxy + " did not open the way in time");
  }

  /** Says the first thing. */
  abstract void start();

  /** Takes what the proxy has said; all of it that it wants, as none of it is kept. */
  abstract void receive(ByteBuf in);

  final void send(final byte[] bytes, final int length) {
    channel.writeAndFlush(
        channel.alloc().buffer(length).writeBytes(bytes, 0, length), channel.voidPromise());
  }

  /**
   * The way is open.
   *
   * @param early whether the proxy has already sent more, before anybody has asked for anything
   */
  final void succeed(final boolean early) {
    if (early) {
      fail(
          RequestOutcome.PROXY_PROTOCOL,
          "the proxy " + proxy + " sent more than its answer before anything was asked");
    } else {
      end();
      listener.onTunnel();
    }
  }

  final void fail(final RequestOutcome outcome, final String reason) {
    end();
    listener.onProxyFailed(RouteFailure.of(outcome, reason));
  }

  private void end() {
    isOver = true;
    channel.pipeline().remove(this);
  }

  @Override
  public final void channelRead(final ChannelHandlerContext context, final Object message) {
    final ByteBuf in = (ByteBuf) message;
    try {
      receive(in);
    } finally {
      in.release();
    }
  }

  @Override
  public final void channelInactive(final ChannelHandlerContext context) {
    fail(RequestOutcome.PROXY_BROKEN, "the proxy " + proxy + " closed the connection");
  }

  @Override
  public final void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
    if (cause instanceof IOException) {
      fail(RequestOutcome.PROXY_BROKEN, "the proxy " + proxy + ": " + cause.getMessage());
    } else {
      listener.onBug(cause);
    }
  }
}
