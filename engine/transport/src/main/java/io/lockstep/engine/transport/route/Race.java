package io.lockstep.engine.transport.route;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One connection that tries several addresses side by side, RFC 8305, section 5: the next begins
 * when the one before it fails, or has not connected for a while; the first to connect wins, and
 * the others are closed. On the shard's thread; its timer is a task of the loop, which runs tasks
 * in every turn that the transport gives it, behind what is ready on channels.
 */
public final class Race implements ChannelFutureListener {
  /** Makes channels. */
  public interface Starter {
    /** A channel that is being connected to an address. */
    ChannelFuture connect(InetSocketAddress address);
  }

  /** Takes the end of a race. */
  public interface Listener {
    /** One has connected. */
    void onWon(Channel winner);

    /** None has; the cause is the last one's. */
    void onLost(Throwable cause);
  }

  private final List<InetSocketAddress> addresses;
  private final Starter starter;
  private final Listener listener;
  private final long delayNs;
  private final List<ChannelFuture> running = new ArrayList<>(2);
  private int begun;
  private ScheduledFuture<?> timer;
  private boolean isOver;

  /** One along a way; {@link #start} begins it. */
  public Race(final Way way, final long delayNs, final Starter starter, final Listener listener) {
    this.addresses = way.racers();
    this.delayNs = delayNs;
    this.starter = starter;
    this.listener = listener;
  }

  /** Begins with the first address. */
  public void start() {
    next();
  }

  /** Gives all of it up. */
  public void abandon() {
    if (!isOver) {
      end(null);
    }
  }

  private void next() {
    final ChannelFuture connect;
    try {
      connect = starter.connect(addresses.get(begun++));
    } catch (final ChannelException e) {
      lose(e); // no other address helps where there is no descriptor
      return;
    }
    running.add(connect);
    if (begun < addresses.size()) {
      timer = connect.channel().eventLoop().schedule(this::overtake, delayNs, TimeUnit.NANOSECONDS);
    }
    connect.addListener(this);
  }

  private void overtake() {
    if (!isOver) {
      next();
    }
  }

  @Override
  public void operationComplete(final ChannelFuture connect) {
    if (isOver) {
      return; // it has been closed
    }
    if (connect.isSuccess()) {
      end(connect.channel());
      listener.onWon(connect.channel());
      return;
    }
    running.remove(connect);
    close(connect.channel());
    if (begun < addresses.size()) {
      timer.cancel(false);
      next();
    } else {
      lose(connect.cause());
    }
  }

  private void lose(final Throwable cause) {
    if (running.isEmpty()) {
      end(null);
      listener.onLost(cause);
    }
  }

  private void end(final Channel winner) {
    isOver = true;
    if (timer != null) {
      timer.cancel(false);
    }
    for (final ChannelFuture one : running) {
      if (one.channel() != winner) {
        close(one.channel());
      }
    }
    running.clear();
  }

  private static void close(final Channel channel) {
    channel.unsafe().close(channel.unsafe().voidPromise());
  }
}
