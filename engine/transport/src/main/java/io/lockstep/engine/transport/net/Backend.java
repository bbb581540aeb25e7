package io.lockstep.engine.transport.net;

import io.netty.channel.Channel;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
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

/** How the operating system is asked for what is ready. */
public enum Backend {
  /** Epoll where there is one, else NIO. */
  AUTO,
  /** Linux's own, through Netty's native library. */
  EPOLL,
  /** Java's selector. */
  NIO;

  /**
   * Events that one run of the loop handles at most, so that paced sends get their turn. NIO has a
   * bound of its own.
   */
  private static final int MAX_EVENTS_PER_RUN = 64;

  /** The least that a selector of the JDK asks for at once: 1024 on Linux, 256 elsewhere. */
  private static final int MIN_SELECTED = 256;

  /**
   * Never {@link #AUTO}: what it stands for on this machine.
   *
   * @throws NetworkException if this is EPOLL and there is none.
   */
  public Backend concrete() {
    if (this == EPOLL && !Epoll.isAvailable()) {
      throw new NetworkException(
          "epoll is not available here ("
              + Epoll.unavailabilityCause().getMessage()
              + "): use the backend nio, or auto",
          Epoll.unavailabilityCause());
    }
    if (this == AUTO) {
      return Epoll.isAvailable() ? EPOLL : NIO;
    }
    return this;
  }

  /** A run of the loop that handled fewer has handled all that was ready when it began. */
  int fullRun() {
    return this == EPOLL ? MAX_EVENTS_PER_RUN : MIN_SELECTED;
  }

  IoHandlerFactory handlerFactory() {
    return this == EPOLL
        ? EpollIoHandler.newFactory(MAX_EVENTS_PER_RUN, DefaultSelectStrategyFactory.INSTANCE)
        : NioIoHandler.newFactory();
  }

  /** A channel that can be connected to an address. */
  Channel newChannel(final SocketAddress peer) {
    if (!(peer instanceof InetSocketAddress address)) {
      return this == EPOLL ? new EpollDomainSocketChannel() : new NioDomainSocketChannel();
    }
    final SocketProtocolFamily family =
        address.getAddress() instanceof Inet6Address
            ? SocketProtocolFamily.INET6
            : SocketProtocolFamily.INET;
    return this == EPOLL
        ? new EpollSocketChannel(family)
        : new NioSocketChannel(SelectorProvider.provider(), family);
  }

  /** The address of a Unix socket, as the channels of this take it. */
  SocketAddress unixAddress(final String path) {
    return this == EPOLL ? new DomainSocketAddress(path) : UnixDomainSocketAddress.of(path);
  }
}
