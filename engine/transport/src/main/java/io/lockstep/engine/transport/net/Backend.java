package io.lockstep.engine.transport.net;

import io.netty.channel.Channel;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.Locale;

/** How the operating system is asked for what is ready. */
public enum Backend {
  /** Epoll where there is one, else NIO. */
  AUTO,
  /** Linux's own, through Netty's native library. */
  EPOLL,
  /** Linux's rings: what is asked for and what is done lies in memory that the kernel shares. */
  IO_URING,
  /** Java's selector. */
  NIO;

  /**
   * Events that one run of the loop handles at most, so that paced sends get their turn. NIO has a
   * bound of its own.
   */
  private static final int MAX_EVENTS_PER_RUN = 64;

  /**
   * Netty turns to a ring's completions 128 times in a run at most, and every other time it asks
   * the kernel for more: a run that ended for this reason has handled this many at least.
   */
  private static final int MIN_COMPLETIONS_OF_FULL_RUN = 60;

  /** The least that a selector of the JDK asks for at once: 1024 on Linux, 256 elsewhere. */
  private static final int MIN_SELECTED = 256;

  /**
   * Never {@link #AUTO}: what it stands for on this machine. That is never io_uring, which is there
   * for those who ask for it.
   *
   * @throws NetworkException if this is not to be had here.
   */
  public Backend concrete() {
    if (this == EPOLL && !Epoll.isAvailable()) {
      throw new NetworkException(
          "epoll is not available here ("
              + Epoll.unavailabilityCause().getMessage()
              + "): use the backend nio, or auto",
          Epoll.unavailabilityCause());
    }
    if (this == IO_URING) {
      final UringState state = UringState.read();
      if (!state.isUsable()) {
        throw new NetworkException(state.refusal(), state.cause());
      }
    }
    if (this == AUTO) {
      return Epoll.isAvailable() ? EPOLL : NIO;
    }
    return this;
  }

  /** The name that users know it by. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A run of the loop that handled fewer has handled all that was ready when it began. */
  int fullRun() {
    return this == EPOLL
        ? MAX_EVENTS_PER_RUN
        : this == IO_URING ? MIN_COMPLETIONS_OF_FULL_RUN : MIN_SELECTED;
  }

  /** Whether what is written reaches the socket in the next run of the loop only. */
  boolean writesLater() {
    return this == IO_URING;
  }

  /** How long a look at what is ready is not repeated after one that found nothing. */
  long idleGateNs() {
    return this == IO_URING ? Uring.IDLE_GATE_NS : 0;
  }

  IoHandlerFactory handlerFactory() {
    return this == IO_URING
        ? Uring.handlerFactory()
        : this == EPOLL
            ? EpollIoHandler.newFactory(MAX_EVENTS_PER_RUN, DefaultSelectStrategyFactory.INSTANCE)
            : NioIoHandler.newFactory();
  }

  /** A channel that can be connected to an address; it reads into a buffer of the shard. */
  Channel newChannel(final SocketAddress peer, final RecvByteBufAllocator receiveBuffer) {
    if (this == IO_URING) {
      return Uring.newChannel(peer); // a read that waits in the kernel needs a buffer of its own
    }
    final Channel channel =
        peer instanceof InetSocketAddress address ? tcpChannel(address) : unixChannel();
    channel.config().setRecvByteBufAllocator(receiveBuffer);
    return channel;
  }

  private Channel tcpChannel(final InetSocketAddress peer) {
    final SocketProtocolFamily family =
        peer.getAddress() instanceof Inet6Address
            ? SocketProtocolFamily.INET6
            : SocketProtocolFamily.INET;
    return this == EPOLL
        ? new EpollSocketChannel(family)
        : new NioSocketChannel(SelectorProvider.provider(), family);
  }

  private Channel unixChannel() {
    return this == EPOLL ? new EpollDomainSocketChannel() : new NioDomainSocketChannel();
  }

  /**
   * Has the port of a channel that comes from a given address chosen as it connects, so that all
   * pairs of addresses count, not each source alone.
   */
  void choosePortLate(final Channel channel) {
    if (this == EPOLL) {
      channel.config().setOption(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
    } else if (this == IO_URING) {
      channel.config().setOption(Uring.IP_BIND_ADDRESS_NO_PORT, 1);
    }
  }

  /** The address of a Unix socket, as the channels of this take it. */
  SocketAddress unixAddress(final String path) {
    return this == NIO ? UnixDomainSocketAddress.of(path) : new DomainSocketAddress(path);
  }
}
