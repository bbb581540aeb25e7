package io.lockstep.engine.transport.net;

import io.lockstep.engine.transport.route.Way;
import io.lockstep.scenario.plan.Opening;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * From where to where the next connection of a shard goes. Where one address fails to connect, the
 * same connection tries the others, each once. Lives on the shard's thread.
 */
final class Endpoints {
  private final Backend backend;
  private final Way way;

  /** {@code null} where the way leads to addresses. */
  private final SocketAddress unixSocket;

  private final InetSocketAddress[] sources;
  private final boolean inTurn;
  private final ReceiveBuffer receiveBuffer;
  private int nextAddress;
  private int nextSource;

  Endpoints(
      final Resolution resolution,
      final int shard,
      final Backend backend,
      final ReceiveBuffer receiveBuffer) {
    final Opening opening = resolution.opening();
    this.backend = backend;
    this.receiveBuffer = receiveBuffer;
    way = resolution.way();
    unixSocket = opening.unixSocket().isEmpty() ? null : backend.unixAddress(opening.unixSocket());
    sources = resolution.sources().toArray(InetSocketAddress[]::new);
    inTurn = opening.inTurn();
    nextAddress = inTurn ? shard : 0;
    nextSource = sources.length == 0 ? 0 : shard % sources.length;
  }

  /** How many addresses there are to try. */
  int count() {
    return unixSocket == null ? way.addresses().length : 1;
  }

  /** Which address the next connection begins with. */
  int first() {
    final int first = nextAddress;
    if (inTurn) {
      nextAddress = (first + 1) % count();
    }
    return first;
  }

  /** A new channel to one of the addresses, counted on from {@link #first}. */
  Channel newChannel(final int index) {
    return newChannel(address(index));
  }

  /** A new channel to an address. */
  Channel newChannel(final SocketAddress address) {
    final Channel channel = backend.newChannel(address, receiveBuffer);
    final ChannelConfig config = channel.config();
    if (address instanceof InetSocketAddress) {
      config.setOption(ChannelOption.TCP_NODELAY, true);
      if (sources.length > 0) {
        backend.choosePortLate(channel);
      }
    }
    config.setConnectTimeoutMillis(0); // kept here, where what has connected in time still wins
    config.setAllocator(PooledByteBufAllocator.DEFAULT);
    return channel;
  }

  SocketAddress address(final int index) {
    if (unixSocket != null) {
      return unixSocket;
    }
    final InetSocketAddress[] now = way.addresses();
    return now[index % now.length];
  }

  /** Where the next connection comes from; {@code null} for anywhere. */
  SocketAddress source() {
    if (sources.length == 0) {
      return null;
    }
    final InetSocketAddress source = sources[nextSource];
    nextSource = (nextSource + 1) % sources.length;
    return source;
  }
}
