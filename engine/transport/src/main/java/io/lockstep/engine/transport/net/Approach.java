package io.lockstep.engine.transport.net;

import io.lockstep.engine.transport.failure.SystemReason;
import io.lockstep.engine.transport.route.ProxyHandshake;
import io.lockstep.engine.transport.route.Race;
import io.lockstep.engine.transport.route.RouteFailure;
import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * One connection's way to a channel that leads to the target: through its addresses, one after the
 * other or side by side, and through the proxy where there is one. Ends once, with a call of its
 * listener, unless it is given up. On the shard's thread.
 */
final class Approach
    implements ChannelFutureListener, Race.Starter, Race.Listener, ProxyHandshake.Listener {
  /** Takes the end. */
  interface Listener {
    /** What is sent on the channel now goes to the target. */
    void onReached(Channel channel);

    /** There is no way; the reason is {@code null} where it would say no more than the outcome. */
    void onUnreached(RequestOutcome outcome, String reason);
  }

  private final SessionContext context;
  private final Listener listener;
  private Race race;
  private ProxyHandshake proxy;
  private Channel channel;
  private int address;
  private int tried;
  private boolean isOver;

  Approach(final SessionContext context, final Listener listener) {
    this.context = context;
    this.listener = listener;
  }

  /** Begins. */
  void start() {
    if (context.races()) {
      race = context.race(this, this);
      race.start();
    } else {
      address = context.endpoints().first();
      next();
    }
  }

  /** Gives it up, without a call of the listener. */
  void abandon() {
    isOver = true;
    if (race != null) {
      race.abandon();
    }
    close();
  }

  /** What is said where the time for it is over. */
  RouteFailure timeout() {
    return proxy == null
        ? new RouteFailure(
            RequestOutcome.CONNECT_TIMEOUT,
            reason(context.way().unreachable(), Reasons.CONNECT_TIMEOUT))
        : proxy.timeout();
  }

  @Override
  public ChannelFuture connect(final InetSocketAddress to) {
    return connect(context.endpoints().newChannel(to), to);
  }

  private ChannelFuture connect(final Channel to, final SocketAddress peer) {
    final EventLoop loop = context.loop();
    final ChannelFuture registered = loop.register(to);
    return !registered.isDone() || registered.isSuccess()
        ? to.connect(peer, context.endpoints().source())
        : registered;
  }

  /** Tries the next address. */
  private void next() {
    final Endpoints endpoints = context.endpoints();
    tried++;
    try {
      channel = endpoints.newChannel(address);
    } catch (final ChannelException e) {
      lose(e);
      return;
    }
    connect(channel, endpoints.address(address)).addListener(this);
  }

  @Override
  public void operationComplete(final ChannelFuture connect) {
    try {
      if (isOver) {
        return;
      }
      if (connect.isSuccess()) {
        connected(connect.channel());
      } else if (connect.cause() instanceof IOException && tried < context.endpoints().count()) {
        close();
        address++;
        next();
      } else {
        lose(connect.cause());
      }
    } catch (final RuntimeException | Error e) {
      context.onBug(e);
    }
  }

  @Override
  public void onWon(final Channel winner) {
    try {
      connected(winner);
    } catch (final RuntimeException | Error e) {
      context.onBug(e);
    }
  }

  @Override
  public void onLost(final Throwable cause) {
    try {
      lose(cause);
    } catch (final RuntimeException | Error e) {
      context.onBug(e);
    }
  }

  private void connected(final Channel first) {
    channel = first;
    if (context.way().isTunnelled()) {
      proxy = context.way().begin(channel, this);
    } else {
      reach();
    }
  }

  @Override
  public void onTunnel() {
    try {
      if (!isOver) {
        reach();
      }
    } catch (final RuntimeException | Error e) {
      context.onBug(e);
    }
  }

  @Override
  public void onProxyFailed(final RouteFailure failure) {
    try {
      if (!isOver) {
        fail(failure.outcome(), failure.reason());
      }
    } catch (final RuntimeException | Error e) {
      context.onBug(e);
    }
  }

  @Override
  public void onBug(final Throwable cause) {
    context.onBug(cause);
  }

  private void reach() {
    final Channel reached = channel;
    isOver = true;
    channel = null;
    listener.onReached(reached);
  }

  private void lose(final Throwable cause) {
    if (cause instanceof IOException || cause instanceof ChannelException) {
      fail(
          FailureClassifier.onConnect(cause),
          reason(context.way().unreachable(), SystemReason.of(cause)));
    } else {
      context.onBug(cause);
    }
  }

  /** The system's words behind those that say which way it was, where there are any. */
  private static String reason(final String way, final String said) {
    return way == null ? said : way + ": " + said;
  }

  private void fail(final RequestOutcome outcome, final String reason) {
    isOver = true;
    close();
    listener.onUnreached(outcome, reason);
  }

  private void close() {
    if (channel != null) {
      channel.unsafe().close(channel.unsafe().voidPromise());
      channel = null;
    }
  }
}
