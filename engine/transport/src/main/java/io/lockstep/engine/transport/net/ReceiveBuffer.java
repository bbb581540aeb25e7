package io.lockstep.engine.transport.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * The one buffer that all connections of a shard read into, one after the other: what is read is
 * parsed within the read, so nothing outlives it.
 */
final class ReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator implements AutoCloseable {
  private static final int CAPACITY_BYTES = 64 * 1024;

  private final ByteBuf buffer = Unpooled.directBuffer(CAPACITY_BYTES, CAPACITY_BYTES);

  @Override
  @SuppressWarnings("deprecation")
  public Handle newHandle() {
    return new SharedHandle();
  }

  @Override
  public void close() {
    buffer.release();
  }

  private final class SharedHandle extends MaxMessageHandle {
    @Override
    public int guess() {
      return CAPACITY_BYTES;
    }

    @Override
    public ByteBuf allocate(final ByteBufAllocator allocator) {
      if (buffer.refCnt() != 1) {
        throw new IllegalStateException("receive buffer in use: refCnt " + buffer.refCnt());
      }
      return buffer.clear().retain();
    }
  }
}
