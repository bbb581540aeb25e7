package io.lockstep.engine.transport.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;

/**
 * Tells a connection that its request is out, one request after the other: it is never done, so
 * that it can be used again where a promise per request would be garbage. A write that fails is an
 * exception in the channel's pipeline, as after a void promise.
 */
final class WrittenPromise extends DefaultChannelPromise {
  private final Runnable written;

  WrittenPromise(final Channel channel, final Runnable written) {
    super(channel);
    this.written = written;
  }

  @Override
  public ChannelPromise setSuccess(final Void result) {
    trySuccess();
    return this;
  }

  @Override
  public ChannelPromise setSuccess() {
    trySuccess();
    return this;
  }

  @Override
  public boolean trySuccess() {
    written.run();
    return true;
  }

  @Override
  public boolean trySuccess(final Void result) {
    return trySuccess();
  }

  @Override
  public ChannelPromise setFailure(final Throwable cause) {
    tryFailure(cause);
    return this;
  }

  @Override
  public boolean tryFailure(final Throwable cause) {
    channel().pipeline().fireExceptionCaught(cause);
    return true;
  }
}
