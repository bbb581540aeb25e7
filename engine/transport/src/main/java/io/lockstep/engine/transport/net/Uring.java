package io.lockstep.engine.transport.net;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * io_uring's side of {@link Backend}, apart so that nothing of it is loaded where it is not used. A
 * shard has a ring for what it asks for and what is done, and a ring of buffers that the kernel
 * receives into: a connection that waits holds none.
 */
final class Uring {
  /** What Netty has for epoll alone: option 24 of level IP, see ip(7). */
  static final IntegerUnixChannelOption IP_BIND_ADDRESS_NO_PORT =
      new IntegerUnixChannelOption("IP_BIND_ADDRESS_NO_PORT", 0, 24);

  /** Each look leaves a small object behind, and sees memory that another saw just before. */
  static final long IDLE_GATE_NS = 1_000;

  /** What is asked for lies here until a run of the loop, or goes out before where this is full. */
  private static final int REQUESTS = 128;

  /** What is done and not looked at; more waits in the kernel. */
  private static final int COMPLETIONS = 4 * 1024;

  private static final short BUFFER_GROUP = 0;
  private static final short BUFFERS = 64;
  private static final int BUFFER_BYTES = 16 * 1024;

  private Uring() {}

  static IoHandlerFactory handlerFactory() {
    return IoUringIoHandler.newFactory(
        new IoUringIoHandlerConfig()
            .setRingSize(REQUESTS)
            .setCqSize(COMPLETIONS)
            .setBufferRingConfig(
                IoUringBufferRingConfig.builder()
                    .bufferGroupId(BUFFER_GROUP)
                    .bufferRingSize(BUFFERS)
                    .batchSize(BUFFERS)
                    .incremental(IoUring.isRegisterBufferRingIncSupported())
                    .allocator(
                        new IoUringFixedBufferRingAllocator(
                            PooledByteBufAllocator.DEFAULT, BUFFER_BYTES))
                    .build()));
  }

  static Channel newChannel(final SocketAddress peer) {
    final Channel channel =
        peer instanceof InetSocketAddress
            ? new IoUringSocketChannel()
            : new IoUringDomainSocketChannel();
    channel.config().setOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFER_GROUP);
    return channel;
  }
}
